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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Single records that cannot be read, or not wholly, or lie where they should not. */
@RequiresRedis
class GarbledRecordsTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  private static final RepositoryName ALPINE = repository("alpine");
  private static final Account TEAM = new Account("registry-1.docker.io", Optional.of("team"));

  private static String cli(String... arguments) throws IOException {
    return REDIS.place().server().cli(arguments);
  }

  private static void fill() throws Exception {
    RedisMetadata metadata = REDIS.metadata();
    Answers.of(metadata.catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(metadata.tags().point(ALPINE, tag("latest"), entry("image")));
    Answers.of(metadata.rules().create(stored("quay", "quay.io")));
    Answers.of(metadata.rateLimits().amend(TEAM, known -> known));
    Answers.of(metadata.closedPrefixes().add(Set.of("quay")));
  }

  /** Compared byte by byte, or it could never be replaced. */
  @Test
  void bytesThatAreNoTextGiveWay() throws Exception {
    Redis raw = Redis.createClient(REDIS.vertx(), REDIS.place().server().url().toString());
    Answers.of(
        raw.send(
            Request.cmd(Command.HSET)
                .arg("sluice:{alpine}:tags")
                .arg("latest")
                .arg(Buffer.buffer(new byte[] {(byte) 0xff, 0, '\r', '\n', (byte) 0xc3}))));
    Answers.of(raw.close());

    Answers.of(REDIS.metadata().tags().point(ALPINE, tag("latest"), entry("image")));

    assertThat(Answers.of(REDIS.metadata().tags().find(ALPINE, tag("latest"))))
        .contains(entry("image"));
    assertThat(REDIS.undecodable()).containsExactly("tag");
  }

  @Test
  void fieldsThatAreNoNamesAreSkippedAndCounted() throws Exception {
    fill();
    String text = cli("hget", "sluice:{alpine}:tags", "latest");
    cli("hset", "sluice:{alpine}:tags", "not/a/tag", text);
    cli(
        "hset",
        "sluice:ratelimits",
        "none",
        cli("hget", "sluice:ratelimits", "registry-1.docker.io team"));
    cli("sadd", "sluice:repositories", "Not A Name", "never-there");
    cli("sadd", "sluice:closed", "Not A Name");
    RedisMetadata metadata = REDIS.metadata();

    assertThat(Answers.of(metadata.tags().tags(ALPINE))).containsExactly(tag("latest"));
    assertThat(Answers.of(metadata.tags().all(ALPINE))).containsOnlyKeys(tag("latest"));
    assertThat(Answers.of(metadata.rateLimits().all())).containsOnlyKeys(TEAM);
    assertThat(Answers.of(metadata.repositories().all())).containsExactly(made(ALPINE));
    assertThat(Answers.of(metadata.closedPrefixes().all())).containsExactly("quay");
    assertThat(REDIS.undecodable())
        .containsExactly("tag", "tag", "ratelimit", "repository", "closed");
  }

  @Test
  void aRecordUnderAnotherNameIsAMissAndCounted() throws Exception {
    fill();
    String image = cli("hget", "sluice:{alpine}:images", digest("image").toString());
    cli("hset", "sluice:{alpine}:images", digest("other").toString(), image);
    String repository = cli("hget", "sluice:{alpine}:repository", "it");
    cli("hset", "sluice:{busybox}:repository", "it", repository);
    cli("hset", "sluice:rules", "moved", cli("hget", "sluice:rules", "quay"));
    RedisMetadata metadata = REDIS.metadata();

    assertThat(Answers.of(metadata.catalog().image(ALPINE, digest("other")))).isEmpty();
    assertThat(Answers.of(metadata.repositories().find(repository("busybox")))).isEmpty();
    assertThat(Answers.of(metadata.rules().all())).containsExactly(stored("quay", "quay.io"));
    assertThat(REDIS.undecodable()).containsExactly("image", "repository", "rule");
  }

  /** It may say what nothing heals, such as that tags do not move. */
  @Test
  void anUndecodableRepositoryIsReplacedByAPersonAndByNoPull() throws Exception {
    for (List<String> garbage :
        List.of(
            List.of("set", "sluice:{alpine}:repository", "garbage"),
            List.of("hset", "sluice:{alpine}:repository", "it", "garbage"))) {
      cli("del", "sluice:{alpine}:repository");
      cli(garbage.toArray(String[]::new));
      RedisMetadata metadata = REDIS.metadata();
      Answers.of(metadata.catalog().keep(made(ALPINE), image("image")));

      assertThat(Answers.of(metadata.repositories().find(ALPINE))).isEmpty();
      assertThat(Answers.of(metadata.repositories().exists(ALPINE))).isTrue();
      assertThat(Answers.of(metadata.catalog().images(ALPINE))).containsExactly(image("image"));
      assertThat(Answers.of(metadata.repositories().create(fullRepository("alpine")))).isTrue();
      assertThat(Answers.of(metadata.repositories().find(ALPINE)))
          .contains(fullRepository("alpine"));
    }
  }

  /** Nothing would mean that all is open. */
  @Test
  void closedPrefixesThatCannotBeReadAreAFailure() throws Exception {
    cli("set", "sluice:closed", "garbage");

    assertThatThrownBy(() -> Answers.of(REDIS.metadata().closedPrefixes().all()))
        .hasMessageContaining("WRONGTYPE");
    assertThat(REDIS.undecodable()).containsExactly("closed");
  }

  @Test
  void unknownFieldsOfALaterVersionOutliveAChange() throws Exception {
    fill();
    String key = "sluice:{alpine}:tags";
    JsonObject later =
        new JsonObject(cli("hget", key, "latest")).put("v", 2).put("seenOn", "another node");
    cli("hset", key, "latest", later.encode());

    Answers.of(REDIS.metadata().tags().confirm(ALPINE, tag("latest"), entry("x").checkedAt()));
    Answers.of(REDIS.metadata().tags().point(ALPINE, tag("latest"), entry("other")));

    assertThat(new JsonObject(cli("hget", key, "latest")))
        .isEqualTo(later.put("digest", digest("other").toString()));
  }
}
