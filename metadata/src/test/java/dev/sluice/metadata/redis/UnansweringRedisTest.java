package dev.sluice.metadata.redis;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis gone, paused, full, or somebody's replica: every future ends, and all goes on after. */
@RequiresRedis
class UnansweringRedisTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final RepositoryName ALPINE = repository("alpine");

  private static RedisServer server() {
    return REDIS.place().server();
  }

  private static CompletableFuture<Optional<TagEntry>> find() {
    return REDIS
        .metadata()
        .tags()
        .find(ALPINE, tag("latest"))
        .toCompletionStage()
        .toCompletableFuture();
  }

  private static void pointAtLast() throws Exception {
    long begin = System.nanoTime();
    while (true) {
      try {
        Answers.of(REDIS.metadata().tags().point(ALPINE, tag("latest"), entry("image")));
        return;
      } catch (ExecutionException notYet) {
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("%s", notYet).isLessThan(SOON);
      }
    }
  }

  @Test
  void whoStartsBeforeRedisUsesItOnceItIsThere() throws Exception {
    server().kill();
    assertThat(find()).failsWithin(SOON);
    server().restart();

    pointAtLast();
    assertThat(find()).succeedsWithin(SOON).isEqualTo(Optional.of(entry("image")));
  }

  @Test
  void aRestartIsGotOver() throws Exception {
    pointAtLast();
    server().restart();

    pointAtLast();
  }

  @Test
  void whatAPausedRedisIsAskedEnds() throws Exception {
    pointAtLast();
    server().pause(true);
    try {
      List<CompletableFuture<?>> asked = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        asked.add(find());
      }
      asked.forEach(each -> assertThat(each).failsWithin(SOON));
      assertThat(find()).failsWithin(SOON);
    } finally {
      server().pause(false);
    }

    pointAtLast();
    assertThat(find()).succeedsWithin(SOON).isEqualTo(Optional.of(entry("image")));
  }

  @Test
  void closingDoesNotWaitForAPausedRedis() throws Exception {
    pointAtLast();
    server().pause(true);
    try {
      RedisMetadata other = REDIS.another();
      Future<?> asked = other.rules().all();
      other.close();
      other.close();

      assertThat(asked.toCompletionStage().toCompletableFuture()).failsWithin(SOON);
      assertThatThrownBy(() -> Answers.of(other.rules().all()))
          .hasCauseInstanceOf(IllegalStateException.class);
    } finally {
      server().pause(false);
    }
  }

  @Test
  void nobodyThereEndsToo() throws Exception {
    URI nobody = URI.create("redis://127.0.0.1:" + RedisServer.freePort());
    try (RedisMetadata metadata =
        RedisMetadata.open(REDIS.vertx(), RedisSettings.of(nobody), kind -> {})) {
      assertThat(metadata.repositories().all().toCompletionStage().toCompletableFuture())
          .failsWithin(SOON);
      assertThat(metadata.identity().toCompletionStage().toCompletableFuture()).failsWithin(SOON);
    }
  }

  @Test
  void aReplicaIsNotWrittenToAndAMasterIsAgain() throws Exception {
    pointAtLast();
    server().cli("replicaof", "127.0.0.1", Integer.toString(RedisServer.freePort()));
    assertThatThrownBy(() -> Answers.of(REDIS.metadata().rules().create(stored("quay", "quay.io"))))
        .hasMessageContaining("READONLY");
    server().cli("replicaof", "no", "one");

    assertThat(Answers.of(REDIS.metadata().rules().create(stored("quay", "quay.io")))).isTrue();
  }

  @Test
  void aFullRedisIsReadAndDeletedFrom() throws Exception {
    RedisMetadata metadata = REDIS.metadata();
    Answers.of(metadata.catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(metadata.tags().point(ALPINE, tag("latest"), entry("image")));
    server().cli("config", "set", "maxmemory", "1");
    try {
      assertThatThrownBy(
              () -> Answers.of(metadata.tags().point(ALPINE, tag("more"), entry("image"))))
          .hasMessageContaining("OOM");
      assertThat(Answers.of(metadata.tags().tags(ALPINE))).containsExactly(tag("latest"));
      assertThat(Answers.of(metadata.catalog().remove(ALPINE, Set.of(digest("image")))))
          .containsExactly(digest("image"));
      assertThat(Answers.of(metadata.tags().tags(ALPINE))).isEmpty();
      assertThat(Answers.of(metadata.repositories().remove(ALPINE))).isPresent();
    } finally {
      server().cli("config", "set", "maxmemory", "0");
    }
    pointAtLast();
  }

  /** Deletions are told, though there is no room to count them. */
  @Test
  void aFullRedisTellsOfChanges() throws Exception {
    HeardChanges heard = new HeardChanges();
    try (RedisChanges here = RedisChanges.open(REDIS.vertx(), REDIS.place().settings());
        RedisChanges elsewhere = RedisChanges.open(REDIS.vertx(), REDIS.place().settings())) {
      here.start(heard);
      heard.await("everything");
      server().cli("config", "set", "maxmemory", "1");
      elsewhere.repository(ALPINE);
      heard.await("everything");
    } finally {
      server().cli("config", "set", "maxmemory", "0");
    }
  }

  @Test
  void aRedisThatForgotTheScriptsIsToldThemAgain() throws Exception {
    pointAtLast();
    server().cli("script", "flush");

    Answers.of(REDIS.metadata().tags().forget(ALPINE, tag("latest")));
    assertThat(find()).succeedsWithin(SOON).isEqualTo(Optional.empty());
  }
}
