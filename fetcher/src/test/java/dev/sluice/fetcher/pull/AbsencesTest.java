package dev.sluice.fetcher.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of upstream's 404. */
class AbsencesTest {

  private static final Rule RULE = new Rule("up", "registry.example", Bench.POLICIES);

  private final SettableClock clock = new SettableClock();
  private final Absences absences = new Absences(clock);

  private Refused hear(UpstreamAnswer<?> answer, String what) {
    return absences.refusal(answer, RULE, Reason.MANIFEST_UNKNOWN, what);
  }

  @Test
  void anAbsenceIsKnownForThirtySecondsAndThenNot() {
    Refused refusal = hear(new Absent<>(), "manifest up/app:x");

    clock.advance(Absences.KEPT.minusNanos(1));
    assertThat(absences.find(RULE, "manifest up/app:x")).contains(refusal);
    clock.advance(Duration.ofNanos(1));
    assertThat(absences.find(RULE, "manifest up/app:x")).isEmpty();
    assertThat(absences.size()).isZero();
  }

  @Test
  void nothingElseIsTakenForAbsent() {
    List<UpstreamAnswer<?>> others =
        List.of(
            new Limited<>("slow down", Duration.ofHours(1)),
            new Denied<>("no"),
            new Trouble<>("odd"),
            new Down<>(Down.Kind.LOST, "gone", Duration.ZERO));
    for (UpstreamAnswer<?> answer : others) {
      hear(answer, "manifest up/app:x");
      assertThat(absences.find(RULE, "manifest up/app:x")).as("%s", answer).isEmpty();
    }
    assertThat(absences.size()).isZero();
  }

  @Test
  void anotherRuleAndAnotherNameKnowNothingOfIt() {
    hear(new Absent<>(), "manifest up/app:x");

    Rule changed = RULE.with(Bench.POLICIES.with(OnDeleted.REFUSE));
    assertThat(absences.find(changed, "manifest up/app:x")).isEmpty();
    assertThat(absences.find(RULE, "manifest up/app:y")).isEmpty();
  }

  @Test
  void noAbsenceOutlivesAClockThatWasSetBack() {
    hear(new Absent<>(), "manifest up/app:x");
    clock.advance(Duration.between(clock.instant(), Instant.EPOCH));

    assertThat(absences.find(RULE, "manifest up/app:x")).isEmpty();
  }

  @Test
  void aMillionNamesAreNotKept() {
    int names = 1_000_000;
    for (int i = 0; i < names; i++) {
      hear(new Absent<>(), "manifest up/app:" + i);
    }

    assertThat(absences.size()).isEqualTo(Absences.MOST);
    assertThat(absences.find(RULE, "manifest up/app:" + (names - Absences.MOST))).isPresent();
    assertThat(absences.find(RULE, "manifest up/app:" + (names - Absences.MOST - 1))).isEmpty();
  }

  @Test
  void whatIsHeardAgainCountsFromThenOn() {
    hear(new Absent<>(), "manifest up/app:x");
    clock.advance(Duration.ofSeconds(20));
    hear(new Absent<>(), "manifest up/app:x");
    clock.advance(Duration.ofSeconds(20));

    assertThat(absences.find(RULE, "manifest up/app:x")).isPresent();
    assertThat(absences.size()).isEqualTo(1);
  }
}
