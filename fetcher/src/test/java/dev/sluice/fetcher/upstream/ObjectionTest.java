package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a node would ever connect to a registry, asked before a rule for it is taken. */
class ObjectionTest {

  private static final AddressRange OPENED = AddressRange.parse("10.1.0.0/16").orElseThrow();
  private static final int OWN_PORT = 5000;

  @TempDir Path folder;
  @AutoClose private Bench bench;

  private void open(Resolver resolver) {
    bench =
        new Bench(
            folder,
            BenchOptions.plain()
                .guard(new AddressGuard(OPENED::contains, port -> port == OWN_PORT))
                .resolver(resolver));
  }

  private void resolvingTo(String... addresses) {
    List<InetAddress> all = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    open(host -> Future.succeededFuture(all));
  }

  private Optional<String> objection(String upstream) {
    return await(bench.fetcher.objection(new Rule("p", upstream, Bench.POLICIES)));
  }

  private Optional<String> objectionAt(String endpoint) {
    return await(
        bench.fetcher.objection(
            new Rule(
                "p",
                "registry.example",
                Optional.empty(),
                Optional.of(URI.create(endpoint)),
                List.of(),
                List.of(),
                Bench.POLICIES)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "2a00::1", "10.1.2.3"})
  void publicAndOpenedAddressesAreFine(String address) {
    resolvingTo(address);
    assertThat(objection("registry.example")).isEmpty();
    assertThat(bench.registry.connections()).isZero();
  }

  @Test
  void oneAllowedAddressIsEnoughAsItIsForAConnection() {
    resolvingTo("10.9.9.9", "8.8.8.8");
    assertThat(objection("registry.example")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.2.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0",
        "::1", "fd00::1", "fe80::1", "64:ff9b::7f00:1", "::ffff:127.0.0.1", "2002:7f00:1::"
      })
  void addressesInTheHouseAreNot(String address) {
    resolvingTo(address);
    assertThat(objection("registry.example"))
        .hasValueSatisfying(
            why ->
                assertThat(why).contains("of registry.example is private; upstreams.allowPrivate"));
  }

  @Test
  void noNodeLeadsToItself() {
    bench =
        new Bench(
            folder,
            BenchOptions.plain()
                .guard(new AddressGuard(address -> true, port -> port == OWN_PORT)));
    assertThat(objectionAt("http://127.0.0.1:5000"))
        .hasValueSatisfying(why -> assertThat(why).contains("is this node itself at port 5000"));
    assertThat(objectionAt("http://127.0.0.1:5001")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "10.2.0.1:8443", "[::1]:8443", "[64:ff9b::7f00:1]"})
  void literalsAreJudgedAsTheyAre(String upstream) {
    open(Resolver.SYSTEM);
    assertThat(objection(upstream))
        .hasValueSatisfying(why -> assertThat(why).contains("is private"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "127.1", "0x7f.1", "0177.0.0.1", "registry.0x7f"})
  void numbersThatSomeResolverReadsAsAnAddressAreNoAddress(String upstream) {
    resolvingTo("8.8.8.8");
    assertThat(objection(upstream))
        .hasValueSatisfying(why -> assertThat(why).contains("is no address of a registry"));
  }

  @Test
  void plainHttpIsForThisMachineAlone() {
    resolvingTo("8.8.8.8");
    assertThat(objectionAt("http://mirror.example:5555"))
        .hasValueSatisfying(why -> assertThat(why).contains("plain http to another machine"));
  }

  @Test
  void aNameThatIsNotKnownNowMayBeKnownLater() {
    open(host -> Future.failedFuture("unknown"));
    assertThat(objection("registry.example")).isEmpty();
  }

  @Test
  void aNameServerThatIsSilentIsNotWaitedForLong() {
    open(host -> Promise.<List<InetAddress>>promise().future());
    long begun = System.nanoTime();
    assertThat(objection("registry.example")).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }
}
