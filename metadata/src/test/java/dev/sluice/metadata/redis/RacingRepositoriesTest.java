package dev.sluice.metadata.redis;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RepositoryName;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes that change the same repository at the same time. */
@RequiresRedis
class RacingRepositoriesTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  private static final Race RACE = new Race(REDIS);

  private static final RepositoryName ALPINE = repository("alpine");

  @Test
  void neitherListingNorVouchingOfAMemberIsLost() throws Exception {
    RACE.between(
        (node, i) ->
            Answers.of(
                node.catalog()
                    .keep(made(ALPINE), image("image" + i, sized("shared", 7), sized("m" + i, 1)))),
        (node, i) -> Answers.of(node.catalog().admit(ALPINE, Member.vouched(digest("m" + i)))));

    for (int i = 0; i < Race.TIMES; i++) {
      assertThat(Answers.of(REDIS.metadata().catalog().member(ALPINE, digest("m" + i))))
          .hasValueSatisfying(
              member -> {
                assertThat(member.vouched()).isTrue();
                assertThat(member.size()).hasValue(1);
              });
    }
    assertThat(Answers.of(REDIS.metadata().catalog().images(ALPINE))).hasSize(Race.TIMES);
  }

  /** What is pointed to is removed or not; a tag never points to what was removed before. */
  @Test
  void aRemovalTakesEveryTagAlongThatCameBeforeIt() throws Exception {
    RACE.between(
        (node, i) -> {
          Answers.of(node.catalog().keep(made(ALPINE), image("image" + i)));
          Answers.of(node.tags().point(ALPINE, tag("t" + i), entry("image" + i)));
        },
        (node, i) -> {
          Answers.of(
              node.catalog()
                  .remove(
                      ALPINE,
                      (_, images) ->
                          images.stream()
                              .filter(image -> !image.tags().isEmpty())
                              .map(LifecycleImage::digest)
                              .collect(Collectors.toSet())));
        });
    Answers.of(
        REDIS
            .metadata()
            .catalog()
            .remove(
                ALPINE,
                (_, images) ->
                    images.stream().map(LifecycleImage::digest).collect(Collectors.toSet())));

    assertThat(Answers.of(REDIS.metadata().tags().all(ALPINE))).isEmpty();
    assertThat(Answers.of(REDIS.metadata().catalog().images(ALPINE))).isEmpty();
    assertThat(REDIS.place().server().cli("exists", "sluice:{alpine}:members")).isEqualTo("0");
  }

  @Test
  void aRepositoryThatIsThereIsListed() throws Exception {
    RACE.between(
        (node, _) -> Answers.of(node.catalog().keep(made(ALPINE), image("image"))),
        (node, _) -> Answers.of(node.repositories().remove(ALPINE)));

    boolean exists = Answers.of(REDIS.metadata().repositories().exists(ALPINE));
    assertThat(Answers.of(REDIS.metadata().repositories().all())).hasSize(exists ? 1 : 0);
    assertThat(Answers.of(REDIS.metadata().catalog().images(ALPINE))).hasSize(exists ? 1 : 0);
    assertThat(Answers.of(REDIS.metadata().catalog().member(ALPINE, digest("image"))).isPresent())
        .isEqualTo(exists);
  }

  @Test
  void confirmingATagNeverMovesItBack() throws Exception {
    Answers.of(REDIS.metadata().tags().point(ALPINE, tag("latest"), entry("0")));
    RACE.between(
        (node, i) -> {
          Answers.of(node.tags().point(ALPINE, tag("latest"), entry(Integer.toString(i))));
          assertThat(Answers.of(node.tags().find(ALPINE, tag("latest"))).orElseThrow().digest())
              .isEqualTo(digest(Integer.toString(i)));
        },
        (node, _) ->
            Answers.of(node.tags().confirm(ALPINE, tag("latest"), entry("x").checkedAt())));
  }

  @Test
  void removingWhatIsNotThereChangesNothing() throws Exception {
    RACE.between((node, _) -> Answers.of(node.catalog().remove(ALPINE, Set.of(digest("none")))));

    assertThat(REDIS.place().server().cli("dbsize")).isEqualTo("0");
  }
}
