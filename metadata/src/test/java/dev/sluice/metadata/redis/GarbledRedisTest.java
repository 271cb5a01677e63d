package dev.sluice.metadata.redis;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullRepository;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static dev.sluice.metadata.Samples.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values that cannot be read, and keys that hold other data. */
@RequiresRedis
class GarbledRedisTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  private static final RepositoryName ALPINE = repository("alpine");
  private static final Account TEAM = new Account("registry-1.docker.io", Optional.of("team"));
  private static final List<String> OF_A_REPOSITORY =
      List.of("repository", "tags", "images", "members", "revision");
  private static final List<String> OTHERS =
      List.of("rules", "templates", "ratelimits", "repositories", "closed", "identity");

  private static String cli(String... arguments) throws IOException {
    return REDIS.place().server().cli(arguments);
  }

  private static void garble(String kind, String field) throws IOException {
    cli("hset", "sluice:{alpine}:" + kind, field, "garbage");
  }

  private static void fill() throws Exception {
    RedisMetadata metadata = REDIS.metadata();
    Answers.of(metadata.catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(metadata.tags().point(ALPINE, tag("latest"), entry("image")));
    Answers.of(metadata.rules().create(stored("quay", "quay.io")));
    Answers.of(metadata.templates().create(template("team")));
    Answers.of(metadata.rateLimits().amend(TEAM, known -> known));
    Answers.of(metadata.closedPrefixes().add(Set.of("quay")));
    Answers.of(metadata.identity());
    REDIS.undecodable().clear();
  }

  /** Every question of every reader; empty answers to all but those that would mean open. */
  private static void assertNothingIsRead() throws Exception {
    RedisMetadata metadata = REDIS.metadata();
    assertThat(Answers.of(metadata.repositories().find(ALPINE))).isEmpty();
    assertThat(Answers.of(metadata.repositories().exists(ALPINE))).isTrue();
    assertThat(Answers.of(metadata.repositories().all())).isEmpty();
    assertThat(Answers.of(metadata.catalog().image(ALPINE, digest("image")))).isEmpty();
    assertThat(Answers.of(metadata.catalog().images(ALPINE))).isEmpty();
    assertThat(Answers.of(metadata.catalog().member(ALPINE, digest("layer")))).isEmpty();
    assertThat(Answers.of(metadata.tags().find(ALPINE, tag("latest")))).isEmpty();
    assertThat(Answers.of(metadata.tags().all(ALPINE))).isEmpty();
    assertThat(Answers.of(metadata.rules().all())).isEmpty();
    assertThat(Answers.of(metadata.templates().all())).isEmpty();
    assertThat(Answers.of(metadata.rateLimits().find(TEAM))).isEmpty();
    assertThat(Answers.of(metadata.rateLimits().all())).isEmpty();
    assertThat(REDIS.undecodable())
        .contains("repository", "image", "member", "tag", "rule", "template", "ratelimit");
  }

  /** What is learnt or said anew is kept, and read. */
  private static void assertAllCanBeWrittenAnew() throws Exception {
    RedisMetadata metadata = REDIS.metadata();
    assertThat(Answers.of(metadata.repositories().create(fullRepository("alpine")))).isTrue();
    fill();
    assertThat(Answers.of(metadata.repositories().all())).containsExactly(fullRepository("alpine"));
    assertThat(Answers.of(metadata.catalog().images(ALPINE)))
        .containsExactly(image("image", sized("layer", 7)));
    assertThat(Answers.of(metadata.tags().all(ALPINE))).containsOnlyKeys(tag("latest"));
    assertThat(Answers.of(metadata.rules().all())).containsExactly(stored("quay", "quay.io"));
    assertThat(Answers.of(metadata.templates().all())).containsExactly(template("team"));
    assertThat(Answers.of(metadata.rateLimits().find(TEAM))).contains(RateLimit.UNKNOWN);
    assertThat(Answers.of(metadata.closedPrefixes().all())).contains("quay");
    assertThat(Answers.of(metadata.identity())).isEqualTo(Answers.of(metadata.identity()));
    assertThat(Answers.of(metadata.catalog().remove(ALPINE, Set.of(digest("image")))))
        .containsExactly(digest("image"));
    assertThat(REDIS.undecodable()).isEmpty();
  }

  @Test
  void keysOfAnotherTypeAreEmptyAndCountedAndGiveWay() throws Exception {
    for (String kind : OF_A_REPOSITORY) {
      cli("set", "sluice:{alpine}:" + kind, "garbage");
    }
    cli("sadd", "sluice:repositories", "alpine");
    for (String key : List.of("rules", "templates", "ratelimits")) {
      cli("rpush", "sluice:" + key, "garbage");
    }
    assertNothingIsRead();
    for (String key : OTHERS) {
      cli("del", "sluice:" + key);
      cli("rpush", "sluice:" + key, "garbage");
    }
    assertThat(Answers.of(REDIS.metadata().repositories().all())).isEmpty();

    assertAllCanBeWrittenAnew();
  }

  @Test
  void garbledTextsAreEmptyAndCountedAndGiveWay() throws Exception {
    fill();
    garble("repository", "it");
    garble("tags", "latest");
    garble("images", digest("image").toString());
    garble("members", digest("layer").toString());
    cli("hset", "sluice:rules", "quay", "[]");
    cli("hset", "sluice:templates", "team", "{\"v\":1}");
    cli("hset", "sluice:ratelimits", "registry-1.docker.io team", "{\"v\":0}");
    assertNothingIsRead();

    assertAllCanBeWrittenAnew();
  }
}
