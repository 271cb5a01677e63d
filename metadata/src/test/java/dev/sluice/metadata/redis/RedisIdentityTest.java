package dev.sluice.metadata.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Redis is known by, and what it never forgets by itself. */
@RequiresRedis
class RedisIdentityTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  @Test
  void everyNodeSeesTheSame() throws Exception {
    try (RedisMetadata other = REDIS.another()) {
      List<Future<String>> asked = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        asked.add(REDIS.metadata().identity());
        asked.add(other.identity());
      }
      Set<String> seen = new HashSet<>();
      for (Future<String> identity : asked) {
        seen.add(Answers.of(identity));
      }

      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void anEmptiedRedisIsAnother() throws Exception {
    String before = Answers.of(REDIS.metadata().identity());
    REDIS.place().empty();

    assertThat(Answers.of(REDIS.metadata().identity())).isNotEqualTo(before);
  }

  @Test
  void closedPrefixesBecomeMore() throws Exception {
    assertThat(Answers.of(REDIS.metadata().closedPrefixes().all())).isEmpty();
    Answers.of(REDIS.metadata().closedPrefixes().add(Set.of()));
    Answers.of(REDIS.metadata().closedPrefixes().add(Set.of("team/a", Rule.ROOT)));
    try (RedisMetadata other = REDIS.another()) {
      Answers.of(other.closedPrefixes().add(Set.of("quay", "team/a")));
    }

    assertThat(Answers.of(REDIS.metadata().closedPrefixes().all()))
        .containsExactlyInAnyOrder("team/a", Rule.ROOT, "quay");
  }

  @Test
  void whatIsNoPrefixIsNotClosed() throws Exception {
    assertThatThrownBy(
            () -> Answers.of(REDIS.metadata().closedPrefixes().add(Set.of("quay", "a b"))))
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(Answers.of(REDIS.metadata().closedPrefixes().all())).isEmpty();
  }
}
