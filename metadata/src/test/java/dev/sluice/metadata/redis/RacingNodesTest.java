package dev.sluice.metadata.redis;

import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.StoredRule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes that change the same at the same time. */
@RequiresRedis
class RacingNodesTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  private static final Race RACE = new Race(REDIS);

  private static final Account TEAM = new Account("registry-1.docker.io", Optional.of("team"));

  @Test
  void noChangeOfARateLimitIsLost() throws Exception {
    RACE.between(
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

    assertThat(Answers.of(REDIS.metadata().rateLimits().find(TEAM)).orElseThrow().refusals())
        .isEqualTo(2 * Race.TIMES);
  }

  @Test
  void noChangeOfARuleIsLost() throws Exception {
    Answers.of(REDIS.metadata().rules().create(stored("quay", "quay.io")));
    RACE.between((node, _) -> Answers.of(node.rules().amend("quay", RacingNodesTest::longer)));

    assertThat(Answers.of(REDIS.metadata().rules().all()).getFirst().rule().credentials())
        .hasSize(2 * Race.TIMES);
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
    RACE.between(
        (node, i) -> {
          if (Answers.of(node.rules().create(stored("p" + i, "quay.io")))) {
            made.incrementAndGet();
          }
        });

    assertThat(made).hasValue(Race.TIMES);
  }
}
