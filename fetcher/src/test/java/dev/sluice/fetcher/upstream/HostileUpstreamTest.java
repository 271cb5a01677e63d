package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.pull.Answers;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An upstream that wants to lead us into the house, or have our credential for somebody else. The
 * world is 127.0.0.1, where the registry is; the house is the rest of loopback, with a door at
 * 127.0.0.2 on the registry's port.
 */
class HostileUpstreamTest {

  private static final InetAddress WORLD = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress HOUSE = InetAddress.ofLiteral("127.0.0.2");

  @TempDir Path folder;
  private final AtomicInteger lookUps = new AtomicInteger();
  private volatile Resolver names = host -> Future.failedFuture("no such host");
  private Bench bench;
  private CountingDoor door;
  private FakeImage image;

  private void open(AddressGuard guard) {
    Resolver asked =
        host -> {
          lookUps.incrementAndGet();
          return Character.isDigit(host.charAt(0))
              ? Future.succeededFuture(List.of(InetAddress.ofLiteral(host)))
              : names.resolve(host);
        };
    bench =
        new Bench(
            folder, BenchOptions.plain().guard(guard).resolver(asked).credential("ann", "s3cret"));
    door = new CountingDoor(bench.vertx, "127.0.0.2", port());
    image = bench.registry.image("app", "latest").layer(1000).push();
    bench.use(rule("http://registry.example:" + port()));
  }

  private void open() {
    open(new AddressGuard(WORLD::equals));
  }

  private int port() {
    return URI.create(bench.registry.url()).getPort();
  }

  private static Rule rule(String endpoint, String... realms) {
    return new Rule(
        "up",
        "registry.example",
        Optional.empty(),
        Optional.of(URI.create(endpoint)),
        List.of("login"),
        List.of(realms),
        Bench.POLICIES);
  }

  private static Resolver all(InetAddress... addresses) {
    return host -> Future.succeededFuture(List.of(addresses));
  }

  @AfterEach
  void close() {
    assertThat(door.entered()).isZero();
    door.close();
    bench.close();
  }

  @Test
  void aNameThatChangesItsAddressIsLookedUpAndCheckedEveryTime() {
    open();
    bench.registry.requireBasic("ann", "s3cret");
    names = host -> all(lookUps.get() % 2 == 1 ? WORLD : HOUSE).resolve(host);
    for (int i = 0; i < 200; i++) {
      // A tag that is not there is asked for anew each time.
      ManifestAnswer answer = await(bench.ask("up/app", "none" + i));
      assertThat(((Refused) answer).message()).containsAnyOf("is private", "none" + i);
    }
    assertThat(lookUps.get()).isGreaterThanOrEqualTo(200);
    assertThat(bench.registry.count("GET", MANIFESTS)).isGreaterThan(50);
  }

  @Test
  void ofSeveralAddressesThoseInTheHouseAreLeftOut() {
    open();
    names = all(HOUSE, WORLD);
    bench.found("up/app", "latest");
    names = all(HOUSE, InetAddress.ofLiteral("127.0.0.3"));
    assertThat(bench.refused("up/app", "other").message())
        .contains("127.0.0.2 of registry.example is private");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://house.example:PORT/token",
        "http://127.0.0.2:PORT/token",
        "http://127.2:PORT/token",
        "http://2130706434:PORT/token",
        "http://[::ffff:127.0.0.2]:PORT/token",
        "http://auth.registry.example:PORT/token",
      })
  void aRealmInTheHouseIsNotConnectedTo(String realm) {
    open();
    names = host -> all(host.equals("registry.example") ? WORLD : HOUSE).resolve(host);
    String at = realm.replace("PORT", Integer.toString(port()));
    bench.registry.requireTokens().at(at);
    String trusted = realm.replaceFirst("http://(.*):PORT.*", "$1").replaceAll("[\\[\\]]", "");
    bench.use(rule("http://registry.example:" + port(), trusted));
    assertThat(bench.refused("up/app", "latest").message())
        .containsAnyOf("is private", "is not an address that can be asked");
    bench.use(rule("http://registry.example:" + port()));
    bench.refused("up/app", "latest");
    assertThat(bench.registry.requests())
        .allSatisfy(request -> assertThat(request.header("Authorization")).isEmpty());
  }

  @Test
  void aRealmOfSomebodyElseSeesNothingUntilItIsListed() {
    open();
    names = all(WORLD);
    try (FakeRegistry evil = FakeRegistry.start(bench.vertx)) {
      int evilPort = URI.create(evil.url(Listener.TOKENS)).getPort();
      bench.registry.requireTokens().at("http://evil.example:" + evilPort + "/token");
      assertThat(bench.refused("up/app", "latest").message())
          .contains("http://evil.example:" + evilPort, "tokenRealms must list its host");
      assertThat(evil.connections()).isZero();

      for (String listed : List.of("evil.example", "evil.example:" + evilPort)) {
        evil.forgetRequests();
        bench.use(rule("http://registry.example:" + port(), listed));
        bench.refused("up/app", "latest");
        assertThat(evil.requests())
            .singleElement()
            .satisfies(request -> assertThat(request.header("Authorization")).isPresent());
      }
      evil.forgetRequests();
      bench.use(rule("http://registry.example:" + port(), "evil.example:1"));
      bench.refused("up/app", "latest");
      assertThat(evil.requests()).isEmpty();
    }
  }

  @Test
  void aRedirectIntoTheHouseIsNotConnectedTo() {
    open();
    names = host -> all(host.equals("registry.example") ? WORLD : HOUSE).resolve(host);
    bench.registry.requireBasic("ann", "s3cret");
    for (String host : List.of("house.example", "127.0.0.2", "[::ffff:127.0.0.2]")) {
      String location = "http://" + host + ":" + port() + "/cdn/x?signature=s";
      bench.registry.onGet(BLOBS).once(AnswerFaults.redirectTo(307, location));
      bench.registry.onGet(BLOBS).once(AnswerFaults.redirectTo(307, location));
      assertThat(Answers.refused(bench.blob("up/app", image.layer(0), false)).message())
          .contains("is private")
          .doesNotContain("signature");
    }
  }

  @Test
  void aRuleDoesNotLeadToOurselves() {
    AtomicInteger own = new AtomicInteger();
    open(new AddressGuard(address -> true, asked -> asked == own.get()));
    names = all(HOUSE, WORLD);
    own.set(port());
    assertThat(bench.refused("up/app", "latest").message()).contains("is this node itself");
    assertThat(bench.registry.connections()).isZero();
  }
}
