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
 * Three nodes and their Redis, and what must hold while that is in trouble and after it. With
 * {@code -Dsluice.test.strict=true} times are judged as well.
 */
final class RedisStory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStory.class);

  private static final boolean STRICT = Boolean.getBoolean("sluice.test.strict");
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration RECOVERY = Duration.ofSeconds(STRICT ? 5 : 30);
  private static final Duration RULE = Duration.ofSeconds(STRICT ? 1 : 20);
  private static final Duration FIRST_SECOND = Duration.ofMillis(250);

  private final TestUpstream upstream;
  private final TestCluster cluster;
  private final StoryImages images;
  private final long seed;
  private final AtomicInteger rules = new AtomicInteger();

  private RedisStory(TestUpstream upstream, TestCluster cluster, long seed) {
    this.upstream = upstream;
    this.cluster = cluster;
    this.images = new StoryImages(upstream, cluster);
    this.seed = seed;
  }

  /** What is done to Redis, or undone. */
  interface Deed {
    void run() throws Exception;
  }

  static RedisStory start(Path folder, SharedRedis redis, long seed) throws Exception {
    LOG.info("seed {}", seed);
    var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    RuleConfig rule = RuleConfig.daily(StoryImages.OF_THE_FILE, upstream.endpoint());
    var story = new RedisStory(upstream, TestCluster.start(folder, 3, redis, rule), seed);
    try {
      story.makeRule(StoryImages.OF_THE_API);
      story.images.fill();
      return story;
    } catch (Throwable failed) {
      String said = story.cluster.decisions();
      story.close();
      throw new AssertionError(said, failed);
    }
  }

  TestUpstream upstream() {
    return upstream;
  }

  StoryImages images() {
    return images;
  }

  private void makeRule(String prefix) {
    try (EcrClient ecr = EcrAdmin.client(cluster.node(0))) {
      ecr.createPullThroughCacheRule(
          rule ->
              rule.ecrRepositoryPrefix(prefix)
                  .upstreamRegistryUrl(upstream.endpoint().replace("http://", "")));
    }
  }

  /**
   * A load before, during and after a trouble, then also of images that one node alone has; its
   * figures are told.
   */
  LoadFigures tell(String trouble, Deed begin, Deed end) throws Exception {
    images.awaitUpstream();
    return tell(trouble, images.lone(), begin, end);
  }

  /** The same with these requests from the trouble's beginning on. */
  LoadFigures tell(String trouble, List<SmallRequest> besides, Deed begin, Deed end)
      throws Exception {
    List<SmallRequest> cached = images.requests();
    List<SmallRequest> more = new ArrayList<>(besides);
    more.addAll(cached);
    try (SteadyLoad load = SteadyLoad.begin(cluster.port(), seed, cached, images::fresh)) {
      Await.pass(BEFORE.dividedBy(2));
      load.enters("before");
      Await.pass(BEFORE);
      load.turnsTo(more);
      load.enters(trouble);
      begin.run();
      end.run();
      load.enters("after");
      long ended = System.nanoTime();
      awaitRecovered();
      LOG.info("{}: over after {} s", trouble, (System.nanoTime() - ended) / 1e9);
      assertThatARuleIsInForceSoon(trouble);
      images.assertAllServed();
      return told(trouble, load.end());
    } catch (AssertionError failed) {
      throw new AssertionError(failed.getMessage() + cluster.decisions(), failed);
    }
  }

  private static LoadFigures told(String trouble, LoadFigures figures) {
    figures.lines().forEach(LOG::info);
    if (STRICT) {
      assertThat(figures.slowest(trouble, true)).isLessThanOrEqualTo(FIRST_SECOND);
    }
    return figures;
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
    String prefix = "late" + rules.incrementAndGet();
    makeRule(prefix);
    long made = System.nanoTime();
    SmallRequest request = SmallImage.publish(upstream, "team/late").pull(prefix).getFirst();
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

  /** Waits until Redis knows what every node has. */
  void awaitNames(RedisServer redis) throws Exception {
    long begun = System.nanoTime();
    for (StoryImages.Named image : images.everywhere()) {
      String keys = "sluice:{" + image.repository() + "}:";
      Await.until(
          "Redis knows " + image.repository(),
          RECOVERY,
          () ->
              redis.cli("hexists", keys + "tags", "latest").equals("1")
                  && redis.cli("hexists", keys + "images", image.manifest()).equals("1"));
    }
    LOG.info("all names are in Redis after {} s", (System.nanoTime() - begun) / 1e9);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    upstream.close();
  }
}
