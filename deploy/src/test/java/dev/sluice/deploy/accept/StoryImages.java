package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Small images that a cluster has cached or will, half of them by a rule of its file, half by one
 * that was made over the API.
 */
final class StoryImages {
  static final String OF_THE_FILE = "cache";
  static final String OF_THE_API = "made";

  private static final int IMAGES = 10;
  private static final int LONE_IMAGES = 30;

  /** A node asks an upstream again some 30 s after it gave it up. */
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final TestUpstream upstream;
  private final TestCluster cluster;
  private final AtomicInteger number = new AtomicInteger();
  private final List<Named> images = new ArrayList<>();
  private final List<SmallRequest> requests = new ArrayList<>();

  /**
   * An image as clients name it.
   *
   * @param repository with the rule's prefix
   */
  record Named(String repository, String manifest) {}

  StoryImages(TestUpstream upstream, TestCluster cluster) {
    this.upstream = upstream;
    this.cluster = cluster;
  }

  /** Has some images pulled through each node. */
  void fill() throws Exception {
    for (int i = 0; i < IMAGES; i++) {
      SmallImage image = SmallImage.publish(upstream, "team/app" + i);
      String prefix = i % 2 == 0 ? OF_THE_FILE : OF_THE_API;
      images.add(new Named(prefix + "/" + image.repository(), image.manifest()));
      requests.addAll(image.pull(prefix));
    }
    awaitServed(requests);
  }

  /** What every node has. */
  List<Named> everywhere() {
    return images;
  }

  /** The requests for it. */
  List<SmallRequest> requests() {
    return requests;
  }

  /** Requests for further images, each of which one node has, and the others do not know. */
  List<SmallRequest> lone() throws Exception {
    List<SmallRequest> lone = new ArrayList<>();
    for (int i = 0; i < LONE_IMAGES; i++) {
      List<SmallRequest> pull = fresh();
      awaitServed(cluster.node(i % 3), pull);
      lone.addAll(pull);
    }
    return lone;
  }

  /** The requests of a pull of an image that nobody has pulled. */
  List<SmallRequest> fresh() {
    int next = number.incrementAndGet();
    return SmallImage.publish(upstream, "team/fresh" + next)
        .pull(next % 2 == 0 ? OF_THE_FILE : OF_THE_API);
  }

  /** Waits until every node asks upstream, by either rule. */
  void awaitUpstream() throws Exception {
    for (SluiceNode node : cluster.nodes()) {
      awaitServed(node, fresh());
      awaitServed(node, fresh());
    }
  }

  /** Waits until every node serves all of this. */
  void awaitServed(List<SmallRequest> wanted) throws Exception {
    for (SluiceNode node : cluster.nodes()) {
      awaitServed(node, wanted);
    }
  }

  /** Every node serves what every node has. */
  void assertAllServed() throws InterruptedException {
    for (SluiceNode node : cluster.nodes()) {
      assertThat(failing(node, requests)).as("from %s", node.registry()).isEmpty();
    }
  }

  private static void awaitServed(SluiceNode node, List<SmallRequest> requests) throws Exception {
    List<String> failing = new ArrayList<>();
    try {
      Await.until(
          "all is served",
          DEADLINE,
          () -> {
            failing.clear();
            failing.addAll(failing(node, requests));
            return failing.isEmpty();
          });
    } catch (AssertionError late) {
      throw new AssertionError("by " + node.registry() + ": " + failing, late);
    }
  }

  private static List<String> failing(SluiceNode node, List<SmallRequest> requests)
      throws InterruptedException {
    List<String> troubles = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (SmallRequest request : requests) {
        request.trouble(http, node.port()).ifPresent(troubles::add);
      }
    }
    return troubles;
  }
}
