package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.CDN;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.fake.Redirects;
import dev.sluice.fetcher.pull.Answers;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.fetcher.pull.Download;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where redirects may lead. */
class RedirectTest {

  private static final Resolver EVERY_NAME_IS_HERE =
      host -> Future.succeededFuture(List.of(InetAddress.getLoopbackAddress()));

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  private void open(BenchOptions options) {
    bench = new Bench(folder, options);
    image = bench.registry.image("app", "latest").layer(1000).push();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void everyKindOfRedirectIsFollowed(int status) {
    open(BenchOptions.plain());
    bench.registry.redirectBlobs(Redirects.plain().status(status));
    assertServed();
  }

  @Test
  void aLocationMayBeAPath() {
    open(BenchOptions.plain());
    bench.registry.redirectBlobs(Redirects.plain().asPath());
    assertServed();
  }

  @Test
  void fiveRedirectsAreFollowedAndNotASixth() {
    open(BenchOptions.plain());
    bench.registry.redirectBlobs(Redirects.plain().hops(6));
    assertThat(refused().message()).contains("more than 5 times");
    assertThat(bench.registry.count("GET", CDN)).isEqualTo(5);
    bench.registry.redirectBlobs(Redirects.plain().hops(5));
    assertServed();
  }

  @Test
  void aLoopEnds() {
    open(BenchOptions.plain());
    bench.registry.redirectBlobs(Redirects.plain().inCircles());
    assertThat(refused().reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(bench.registry.requests()).hasSizeLessThanOrEqualTo(6);
  }

  @Test
  void aManifestMayBeElsewhereToo() {
    open(BenchOptions.plain());
    String other = bench.registry.url() + image.manifestPath();
    bench.registry.onGet(MANIFESTS).once(AnswerFaults.redirectTo(307, other));
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());
  }

  @Test
  void aRedirectWithoutALocationIsTrouble() {
    open(BenchOptions.plain());
    bench.registry.onGet(BLOBS).once(AnswerFaults.status(307));
    assertThat(refused().reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.1.2.3",
        "0.0.0.0",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "10.0.0.1",
        "169.254.169.254",
        "[fd00::1]",
        "rebound.example"
      })
  void anAddressInTheHouseIsNotConnectedTo(String host) {
    Resolver resolver =
        name -> Resolver.SYSTEM.resolve(name.equals("rebound.example") ? "10.0.0.1" : name);
    AddressGuard guard =
        new AddressGuard(address -> address.equals(InetAddress.ofLiteral("127.0.0.1")));
    open(BenchOptions.plain().guard(guard).resolver(resolver));
    URI cdn = URI.create(bench.registry.url(Listener.CDN));
    bench.found("up/app", "latest");
    int connections = bench.registry.connections();
    bench
        .registry
        .onGet(BLOBS)
        .always(AnswerFaults.redirectTo(307, "http://" + host + ":" + cdn.getPort() + "/cdn/"));

    assertThat(refused().message()).contains("is private; upstreams.allowPrivate must list it");

    assertThat(bench.registry.count("GET", CDN)).isZero();
    assertThat(bench.registry.connections())
        .as("one more to the registry")
        .isEqualTo(connections + 1);
  }

  @Test
  void aRegistryWhoseNameServerPointsIntoTheHouseIsNotConnectedTo() {
    open(
        BenchOptions.plain()
            .guard(new AddressGuard(address -> false))
            .resolver(EVERY_NAME_IS_HERE));
    bench.use(namedRule());
    assertThat(bench.refused("up/app", "latest").message()).contains("is private");
    assertThat(bench.registry.connections()).isZero();
  }

  private void assertServed() {
    assertThat(bench.read("up/app", image.layer(0)))
        .isInstanceOfSatisfying(
            Download.End.Whole.class, whole -> assertThat(whole.is(image.layer(0))).isTrue());
  }

  private Refused refused() {
    return Answers.refused(bench.blob("up/app", image.layer(0), false));
  }

  private static Rule namedRule() {
    return new Rule("up", "registry.example", Bench.POLICIES);
  }
}
