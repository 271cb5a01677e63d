package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.fetcher.pull.Download;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request says, and how connections are kept. */
class ConversationTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;

  private void open(BenchOptions options) {
    bench = new Bench(folder, options);
  }

  @Test
  void aRequestSaysWhoWeAreAndWhatWeTake() {
    open(BenchOptions.plain());
    bench.registry.image("app", "latest").push();
    bench.found("up/app", "latest");
    var headers = bench.registry.requests().getFirst().headers();
    assertThat(headers.get("User-Agent"))
        .hasValueSatisfying(is -> assertThat(is).startsWith("sluice/"));
    assertThat(headers.all("Accept-Encoding")).containsExactly("identity");
    assertThat(headers.all("Accept"))
        .singleElement()
        .asString()
        .contains(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    assertThat(headers.has("Authorization")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry-1.docker.io", "docker.io", "index.docker.io"})
  void officialImagesOfDockerHubAreInItsLibrary(String hub) {
    open(BenchOptions.plain());
    Optional<URI> endpoint = Optional.of(URI.create(bench.registry.url() + "/"));
    bench.use(
        new Rule("hub", hub, Optional.empty(), endpoint, List.of(), List.of(), Bench.POLICIES));
    bench.registry.image("library/alpine", "3").push();
    bench.registry.image("grafana/grafana", "12").push();
    bench.found("hub/alpine", "3");
    bench.found("hub/library/alpine", "3");
    bench.found("hub/grafana/grafana", "12");
    assertThat(bench.registry.requests())
        .extracting(request -> request.path())
        .containsExactly(
            "/v2/library/alpine/manifests/3",
            "/v2/library/alpine/manifests/3",
            "/v2/grafana/grafana/manifests/12");
  }

  @Test
  void connectionsAreKept() {
    open(BenchOptions.plain());
    for (int i = 0; i < 5; i++) {
      bench.registry.image("app", "t" + i).layer(i).push();
      bench.found("up/app", "t" + i);
    }
    assertThat(bench.registry.connections()).isEqualTo(1);
  }

  static Stream<Fault> lostConnections() {
    return Stream.of(TravelFaults.closeUnanswered(), TravelFaults.resetUnanswered());
  }

  @ParameterizedTest
  @MethodSource("lostConnections")
  void aConnectionThatIsLostWhenItIsUsedAgainIsReplacedOnce(Fault lost) {
    open(BenchOptions.plain());
    bench.registry.image("app", "t0").push();
    FakeImage image = bench.registry.image("app", "t1").layer(9).push();
    bench.found("up/app", "t0");
    bench.registry.onGet(MANIFESTS).once(lost);
    assertThat(bench.found("up/app", "t1").manifest().digest()).isEqualTo(image.digest());
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(3);

    bench.registry.onGet(MANIFESTS).always(lost);
    assertThat(bench.refused("up/app", "t2").reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(5);
  }

  @Test
  void aSilentNameServerKeepsNobodyWaiting() {
    open(
        BenchOptions.plain()
            .impatient()
            .resolver(host -> Promise.<List<InetAddress>>promise().future()));
    assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void anUnknownHostIsTrouble() {
    open(BenchOptions.plain().resolver(host -> Future.failedFuture("the host is not known")));
    assertThat(bench.refused("up/app", "latest").message()).contains("the host is not known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "-5", "soon", "Wed, 21 Oct 2099 07:28:00 GMT", "0", ""})
  void aRateLimitCannotShutUpstreamOffForGood(String retryAfter) {
    open(BenchOptions.plain());
    bench.registry.image("app", "latest").push();
    bench.registry.onGet(MANIFESTS).once(AnswerFaults.tooManyRequests(retryAfter));
    var refused = bench.refused("up/app", "latest");
    assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofHours(1));
  }

  @Test
  void whoWaitedInVainForAConnectionLeavesNoneOccupied() {
    Duration shortly = Duration.ofMillis(300);
    open(BenchOptions.plain().deadlines(new Deadlines(shortly, shortly, Duration.ofSeconds(20))));
    List<FakeImage> images =
        IntStream.range(0, 96)
            .mapToObj(i -> bench.registry.image("app").layer(1000 + i).push())
            .toList();
    Gate gate = bench.registry.onGet(BLOBS).holdAt(10);
    List<Download> downloads = new ArrayList<>();
    for (FakeImage image : images.subList(0, 48)) {
      downloads.add(await(bench.download("up/app", image.layer(0))));
    }
    gate.awaitHeld(48);

    List<CompletableFuture<Download>> inVain =
        images.subList(48, 96).stream().map(i -> bench.download("up/app", i.layer(0))).toList();
    assertThat(inVain)
        .allSatisfy(
            download -> assertThat(await(download).end()).isInstanceOf(Download.End.Refusal.class));
    bench.found("up/app", images.getLast().digest());
    gate.release();
    assertThat(downloads).allMatch(download -> download.end() instanceof Download.End.Whole);

    assertThat(bench.read("up/app", images.getLast().layer(0)))
        .isInstanceOf(Download.End.Whole.class);
    assertThat(bench.registry.connections()).isLessThanOrEqualTo(48 + 1 + 1);
  }
}
