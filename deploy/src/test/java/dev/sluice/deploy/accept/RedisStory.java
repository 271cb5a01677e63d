package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.redis.RedisServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecr.EcrClient;

/**
 * Three nodes and their Redis, what they have cached by a rule of their file and by one that was
 * made over the API, and what must hold while Redis is in trouble and after it.
 */
final class RedisStory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStory.class);

  private static final boolean STRICT = Boolean.getBoolean("sluice.test.strict");
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration RECOVERY = Duration.ofSeconds(STRICT ? 5 : 30);
  private static final Duration RULE = Duration.ofSeconds(STRICT ? 1 : 20);
  private static final Duration FIRST_SECOND = Duration.ofMillis(250);
  private static final int IMAGES = 10;
  private static final String OF_THE_FILE = "cache";
  private static final String OF_THE_API = "made";

  private final TestUpstream upstream;
  private final TestCluster cluster;
  private final long seed;
  private final AtomicInteger number = new AtomicInteger();
  private final List<SmallImage> images = new ArrayList<>();
  private final List<SmallRequest> cached = new ArrayList<>();

  private RedisStory(TestUpstream upstream, TestCluster cluster, long seed) {
    this.upstream = upstream;
    this.cluster = cluster;
    this.seed = seed;
  }

  /** What is done to Redis, or undone. */
  interface Deed {
    void run() throws Exception;
  }

  static RedisStory start(Path folder, SharedRedis redis, long seed) throws Exception {
    var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    RuleConfig rule = RuleConfig.daily(OF_THE_FILE, upstream.endpoint());
    var story = new RedisStory(upstream, TestCluster.start(folder, 3, redis, rule), seed);
    try {
      story.makeRule(OF_THE_API);
      story.fill();
      return story;
    } catch (Throwable failed) {
      story.close();
      throw failed;
    }
  }

  TestUpstream upstream() {
    return upstream;
  }

  private void makeRule(String prefix) {
    try (EcrClient ecr = EcrAdmin.client(cluster.node(0))) {
      ecr.createPullThroughCacheRule(
          rule ->
              rule.ecrRepositoryPrefix(prefix)
                  .upstreamRegistryUrl(upstream.endpoint().replace("http://", "")));
    }
  }

  /** Each image is pulled through each node, by either rule. */
  private void fill() throws Exception {
    for (int i = 0; i < IMAGES; i++) {
      SmallImage image = SmallImage.publish(upstream, "team/app" + i);
      images.add(image);
      cached.addAll(image.pull(i % 2 == 0 ? OF_THE_FILE : OF_THE_API));
    }
    for (SluiceNode node : cluster.nodes()) {
      Await.until("the rule is in force", RECOVERY, () -> failing(node).isEmpty());
    }
  }

  private List<String> failing(SluiceNode node) throws InterruptedException {
    List<String> troubles = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (SmallRequest request : cached) {
        request.trouble(http, node.port()).ifPresent(troubles::add);
      }
    }
    return troubles;
  }

  /** Every node serves everything that is cached. */
  void assertAllServed() throws InterruptedException {
    for (SluiceNode node : cluster.nodes()) {
      assertThat(failing(node)).as(() -> cluster.decisions()).isEmpty();
    }
  }

  private List<SmallRequest> freshPull() {
    int next = number.incrementAndGet();
    String prefix = next % 2 == 0 ? OF_THE_FILE : OF_THE_API;
    return SmallImage.publish(upstream, "team/fresh" + next).pull(prefix);
  }

  /** A load before, during and after a trouble; its figures are told. */
  LoadFigures tell(String trouble, Deed begin, Deed end) throws Exception {
    try (SteadyLoad load = SteadyLoad.begin(cluster.port(), seed, cached, this::freshPull)) {
      Await.pass(BEFORE.dividedBy(2));
      load.enters("before");
      Await.pass(BEFORE);
      load.enters(trouble);
      begin.run();
      end.run();
      load.enters("after");
      long ended = System.nanoTime();
      awaitRecovered();
      LOG.info("{}: over after {} s", trouble, (System.nanoTime() - ended) / 1e9);
      assertThatARuleIsInForceSoon(trouble);
      assertAllServed();
      LoadFigures figures = load.end();
      LOG.info("{}{}", trouble, figures.lines());
      if (STRICT) {
        assertThat(figures.slowest(trouble, true)).isLessThanOrEqualTo(FIRST_SECOND);
      }
      return figures;
    } catch (AssertionError failed) {
      throw new AssertionError(failed.getMessage() + cluster.decisions(), failed);
    }
  }

  /** Every node asks Redis again, and has told it everything. */
  private void awaitRecovered() throws Exception {
    for (SluiceNode node : cluster.nodes()) {
      Await.until(
          "shared metadata is asked again by " + node.registry(),
          RECOVERY,
          () ->
              node.metric("sluice_metadata_spared") == 0
                  && node.metric("sluice_metadata_waiting") == 0);
    }
  }

  private void assertThatARuleIsInForceSoon(String trouble) throws Exception {
    String prefix = "late" + number.incrementAndGet();
    makeRule(prefix);
    long made = System.nanoTime();
    SmallRequest request = images.getFirst().pull(prefix).getFirst();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (SluiceNode node : cluster.nodes()) {
        Await.until(
            "a rule is in force on " + node.registry(),
            RULE,
            () -> request.trouble(http, node.port()).isEmpty());
      }
    }
    LOG.info("{}: a new rule in force after {} s", trouble, (System.nanoTime() - made) / 1e9);
  }

  /** Waits until Redis knows all that is cached. */
  void awaitNames(RedisServer redis) throws Exception {
    long begun = System.nanoTime();
    for (int i = 0; i < IMAGES; i++) {
      String repository =
          (i % 2 == 0 ? OF_THE_FILE : OF_THE_API) + "/" + images.get(i).repository();
      String keys = "sluice:{" + repository + "}:";
      String digest = images.get(i).manifest();
      Await.until(
          "Redis knows " + repository,
          RECOVERY,
          () ->
              redis.cli("hexists", keys + "tags", "latest").equals("1")
                  && redis.cli("hexists", keys + "images", digest).equals("1"));
    }
    LOG.info("all names are in Redis after {} s", (System.nanoTime() - begun) / 1e9);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    upstream.close();
  }
}
