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

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Answers;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.StoredRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes that change the same at the same time. */
@RequiresRedis
class RacingNodesTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  private static final RepositoryName ALPINE = repository("alpine");
  private static final Account TEAM = new Account("registry-1.docker.io", Optional.of("team"));
  private static final int TIMES = 100;

  private RedisMetadata other;

  @BeforeEach
  void open() {
    other = REDIS.another();
  }

  @AfterEach
  void close() {
    other.close();
  }

  private interface Use {
    void of(RedisMetadata metadata, int time) throws Exception;
  }

  /** Each node does it so many times. */
  private void race(Use use) throws Exception {
    race(use, use);
  }

  private void race(Use here, Use there) throws Exception {
    List<FutureTask<Void>> nodes =
        List.of(
            new FutureTask<>(times(REDIS.metadata(), here)), new FutureTask<>(times(other, there)));
    nodes.forEach(Thread.ofPlatform()::start);
    for (FutureTask<Void> node : nodes) {
      node.get(60, TimeUnit.SECONDS);
    }
  }

  private static Callable<Void> times(RedisMetadata metadata, Use use) {
    return () -> {
      for (int i = 0; i < TIMES; i++) {
        use.of(metadata, i);
      }
      return null;
    };
  }

  @Test
  void noChangeOfARateLimitIsLost() throws Exception {
    race(
        (node, _) ->
            Answers.of(
                node.rateLimits()
                    .amend(
                        TEAM,
                        known ->
                            new RateLimit(
                                known.allowance(),
                                known.pullsFrom(),
                                known.requestsFrom(),
                                known.refusals() + 1))));

    assertThat(Answers.of(other.rateLimits().find(TEAM)).orElseThrow().refusals())
        .isEqualTo(2 * TIMES);
  }

  @Test
  void noChangeOfARuleIsLost() throws Exception {
    Answers.of(other.rules().create(stored("quay", "quay.io")));
    race((node, _) -> Answers.of(node.rules().amend("quay", RacingNodesTest::longer)));

    assertThat(Answers.of(other.rules().all()).getFirst().rule().credentials()).hasSize(2 * TIMES);
  }

  private static StoredRule longer(StoredRule known) {
    List<String> credentials =
        IntStream.rangeClosed(0, known.rule().credentials().size())
            .mapToObj(Integer::toString)
            .toList();
    return known.updated(credentials, Optional.empty(), Optional.empty(), known.updatedAt());
  }

  @Test
  void ofEachRuleOnlyOneNodeIsTheMaker() throws Exception {
    AtomicInteger made = new AtomicInteger();
    race(
        (node, i) -> {
          if (Answers.of(node.rules().create(stored("p" + i, "quay.io")))) {
            made.incrementAndGet();
          }
        });

    assertThat(made).hasValue(TIMES);
  }

  @Test
  void neitherListingNorVouchingOfAMemberIsLost() throws Exception {
    race(
        (node, i) ->
            Answers.of(
                node.catalog()
                    .keep(made(ALPINE), image("image" + i, sized("shared", 7), sized("m" + i, 1)))),
        (node, i) -> Answers.of(node.catalog().admit(ALPINE, Member.vouched(digest("m" + i)))));

    for (int i = 0; i < TIMES; i++) {
      assertThat(Answers.of(other.catalog().member(ALPINE, digest("m" + i))))
          .hasValueSatisfying(
              member -> {
                assertThat(member.vouched()).isTrue();
                assertThat(member.size()).hasValue(1);
              });
    }
    assertThat(Answers.of(other.catalog().images(ALPINE))).hasSize(TIMES);
  }

  /** What is pointed to is removed or not; a tag never points to what was removed before. */
  @Test
  void aRemovalTakesEveryTagAlongThatCameBeforeIt() throws Exception {
    race(
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
        other
            .catalog()
            .remove(
                ALPINE,
                (_, images) ->
                    images.stream().map(LifecycleImage::digest).collect(Collectors.toSet())));

    assertThat(Answers.of(other.tags().all(ALPINE))).isEmpty();
    assertThat(Answers.of(other.catalog().images(ALPINE))).isEmpty();
    assertThat(REDIS.place().server().cli("exists", "sluice:{alpine}:members")).isEqualTo("0");
  }

  @Test
  void aRepositoryThatIsThereIsListed() throws Exception {
    race(
        (node, _) -> Answers.of(node.catalog().keep(made(ALPINE), image("image"))),
        (node, _) -> Answers.of(node.repositories().remove(ALPINE)));

    boolean exists = Answers.of(other.repositories().exists(ALPINE));
    assertThat(Answers.of(other.repositories().all())).hasSize(exists ? 1 : 0);
    assertThat(Answers.of(other.catalog().images(ALPINE))).hasSize(exists ? 1 : 0);
    assertThat(Answers.of(other.catalog().member(ALPINE, digest("image"))).isPresent())
        .isEqualTo(exists);
  }

  @Test
  void confirmingATagNeverMovesItBack() throws Exception {
    Answers.of(other.tags().point(ALPINE, tag("latest"), entry("0")));
    race(
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
    race((node, _) -> Answers.of(node.catalog().remove(ALPINE, Set.of(digest("none")))));

    assertThat(REDIS.place().server().cli("dbsize")).isEqualTo("0");
  }
}
