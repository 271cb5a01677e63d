package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.accept.Collector.Kept;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector is sent of pulls, through two nodes and from one. */
@RequiresCluster
class TracesTest {
  private static final Duration SENT_DEADLINE = Duration.ofSeconds(60);

  /** That one node owns all of them has a chance of one in thousands. */
  private static final int PULLS = 12;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void onePullIsOneTraceThroughNodesAndUpstream() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
        var collector = Collector.start();
        var cluster =
            TestCluster.start(
                folder,
                2,
                SharedRedis.start(),
                collector.yaml(),
                RuleConfig.daily("cache", upstream.endpoint()))) {
      for (int i = 1; i <= PULLS; i++) {
        String image = "/v2/cache/team/app-" + i;
        var layer = ClusterStory.publish(upstream, "team/app-" + i, 1, 1).getFirst();
        pull(cluster.node(0), image + "/manifests/latest", trace(i));
        pull(cluster.node(0), image + "/blobs/" + layer.digest(), trace(i));
      }
      Set<Integer> nodes = new TreeSet<>();
      for (int i = 1; i <= PULLS; i++) {
        String trace = trace(i);
        Await.until("trace " + i, SENT_DEADLINE, () -> isWhole(collector.of(trace)));

        assertOneTree(collector.of(trace));
        assertUpstreamWasTold(upstream, collector.of(trace), trace);
        nodes.add((int) collector.of(trace).stream().map(Kept::node).distinct().count());
      }
      assertThat(nodes).as("how many nodes had a part").contains(2);
    }
  }

  @Test
  void aCollectorThatIsGoneHoldsUpNobody() throws Exception {
    Collector gone = Collector.start();
    gone.close();
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
        var node =
            SluiceNode.start(
                NodeConfig.of(
                        folder.resolve("data"), RuleConfig.daily("cache", upstream.endpoint()))
                    .with(gone.yaml()))) {
      var layers = ClusterStory.publish(upstream, "team/app", 2, 1);

      var result = new DockerLikePull(node.port(), "team/app", layers).run();

      assertThat(result.trouble()).isEmpty();
      Await.until(
          "a line that says so",
          SENT_DEADLINE,
          () -> node.log().contains("traces are not taken by"));
      node.stop();
      assertThat(node.log()).as("told once, without a stack").doesNotContain("HttpExporter");
    }
  }

  private static String trace(int number) {
    return "%032x".formatted(number);
  }

  private void pull(SluiceNode node, String path, String trace) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + node.registry() + path))
            .header("Accept", MediaTypes.ACCEPTED)
            .header("traceparent", "00-" + trace + "-00000000000000aa-01")
            .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    Await.until("its line", SENT_DEADLINE, () -> node.log().contains("trace=" + trace));
  }

  /** Whoever fetched, fetched two blobs and a manifest; a fill says so last. */
  private static boolean isWhole(List<Kept> spans) {
    Set<String> names = spans.stream().map(Kept::name).collect(Collectors.toSet());
    return names.containsAll(List.of("GET manifest", "GET blob", "fill"))
        && parents(spans).allMatch(parent -> isKnown(parent, spans));
  }

  private static Stream<String> parents(List<Kept> spans) {
    return spans.stream().map(Kept::parent);
  }

  private static boolean isKnown(String parent, List<Kept> spans) {
    return parent.equals("00000000000000aa")
        || spans.stream().anyMatch(span -> span.id().equals(parent));
  }

  private static void assertOneTree(List<Kept> spans) {
    assertThat(spans).extracting(Kept::id).doesNotHaveDuplicates();
    assertThat(spans)
        .filteredOn(span -> span.parent().equals("00000000000000aa"))
        .as("what the client asked")
        .extracting(Kept::name)
        .containsExactlyInAnyOrder("GET manifest", "GET blob");
    assertThat(spans)
        .filteredOn(span -> span.name().equals("answer another node"))
        .allSatisfy(
            answer ->
                assertThat(spans)
                    .filteredOn(asked -> asked.id().equals(answer.parent()))
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.node()).isNotEqualTo(answer.node())));
  }

  /** Whoever asked upstream, upstream was told of that very span. */
  private static void assertUpstreamWasTold(TestUpstream upstream, List<Kept> spans, String trace) {
    List<String> asked =
        spans.stream()
            .filter(span -> span.notes().containsKey("server.address"))
            .map(span -> "00-" + trace + '-' + span.id() + "-01")
            .toList();
    assertThat(asked).hasSizeGreaterThanOrEqualTo(2);
    assertThat(upstream.traces()).containsAll(asked);
  }
}
