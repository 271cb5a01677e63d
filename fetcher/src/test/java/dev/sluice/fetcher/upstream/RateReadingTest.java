package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.pull.SettableClock;
import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of an answer, and what follows from it. */
class RateReadingTest {

  private static final Instant NOW = SettableClock.NOON;
  private static final RateLimit NOTHING =
      new RateLimit(Optional.empty(), Instant.EPOCH, Instant.EPOCH, 0);
  private static final Question PULL = Question.get("app", "/manifests/latest", "*/*");
  private static final Question BLOB = Question.get("app", "/blobs/sha256:ab", "*/*");
  private static final Question HEAD = Question.head("app", "/manifests/latest", "*/*");

  private final RandomGenerator random = new Random(1);

  private static RateReading refusal(Question question, String retryAfter, String body) {
    return new RateReading(
        question, 429, Optional.empty(), Optional.empty(), Optional.ofNullable(retryAfter), body);
  }

  private Duration barred(Question question, RateLimit known, Instant now) {
    Standing standing = new Standing();
    standing.known = known;
    return standing.barred(question, now);
  }

  @ParameterizedTest
  @CsvSource({
    "100;w=21600, 76;w=21600, 100, 76, 21600",
    "100, 76, 100, 76, 0",
    "' 100 ; w=60 ', 0;w=60, 100, 0, 60"
  })
  void figuresAreReadAsDockerHubSendsThem(
      String limit, String remaining, long whole, long left, long window) {
    RateReading reading =
        new RateReading(
            PULL,
            200,
            RateReading.Figure.parse(limit),
            RateReading.Figure.parse(remaining),
            Optional.empty(),
            "");
    assertThat(reading.after(NOTHING, NOW, random).allowance())
        .contains(new Allowance(whole, left, Duration.ofSeconds(window), NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "many", "1e3", "99999999999999999999", "10;w=x", "10, 20"})
  void whatIsNoFigureIsNone(String text) {
    assertThat(RateReading.Figure.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0, 1",
    "99999999999, 3600",
    "'Sat, 01 Jun 2030 12:01:00 GMT', 60",
    "'Wed, 21 Oct 2099 07:28:00 GMT', 3600"
  })
  void retryAfterIsHeededWithinSense(String header, long seconds) {
    RateLimit known = refusal(BLOB, header, "").after(NOTHING, NOW, random);
    assertThat(barred(BLOB, known, NOW)).hasSeconds(seconds);
    assertThat(barred(PULL, known, NOW)).hasSeconds(seconds);
    assertThat(barred(BLOB, known, NOW.plusSeconds(seconds))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5", "soon", "Sat, 01 Jun 2030 11:00:00 GMT"})
  void withoutOneThePauseDoublesUpToAMinute(String header) {
    RateLimit known = NOTHING;
    Instant now = NOW;
    for (int step : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      known = refusal(BLOB, header, "").after(known, now, random);
      Duration pause = barred(BLOB, known, now);
      assertThat(pause)
          .isBetween(Duration.ofMillis(Math.max(1000, step * 500L)), Duration.ofSeconds(step));
      now = now.plus(pause);
    }
    RateLimit calm =
        new RateReading(BLOB, 200, Optional.empty(), Optional.empty(), Optional.empty(), "")
            .after(known, now, random);
    assertThat(calm.refusals()).isZero();
    assertThat(calm.requestsFrom()).as("an answer ends no bar").isEqualTo(known.requestsFrom());
  }

  @Test
  void allThatWereOutTogetherAreRefusedOnce() {
    RateLimit known = NOTHING;
    for (int i = 0; i < 12; i++) {
      known = refusal(BLOB, "", "").after(known, NOW.plusMillis(i), random);
    }
    assertThat(known.refusals()).isEqualTo(1);
    assertThat(barred(BLOB, known, NOW)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aLaterWordDoesNotShortenABar() {
    RateLimit known = refusal(BLOB, "3600", "").after(NOTHING, NOW, random);
    known = refusal(BLOB, "1", "").after(known, NOW, random);
    assertThat(barred(BLOB, known, NOW)).hasSeconds(3600);
  }

  @Test
  void aClockThatLagsABitHeedsTheLongestBar() {
    RateLimit known = refusal(BLOB, "99999999999", "").after(NOTHING, NOW, random);
    assertThat(barred(BLOB, known, NOW.minusMillis(1))).hasSeconds(3600);
  }

  @Test
  void aWindowIsADayAtMost() {
    assertThat(RateReading.Figure.parse("0;w=999999999").orElseThrow().window())
        .isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aPullLimitBarsPullsAlone() {
    String text = "You have reached your unauthenticated pull rate limit.";
    RateLimit known = refusal(PULL, "60", text).after(NOTHING, NOW, random);
    assertThat(barred(PULL, known, NOW)).hasSeconds(60);
    assertThat(barred(BLOB, known, NOW)).isZero();
    assertThat(barred(HEAD, known, NOW)).isZero();
  }

  @Test
  void anyOther429BarsEverything() {
    RateLimit known = refusal(PULL, "60", "Too Many Requests").after(NOTHING, NOW, random);
    assertThat(barred(HEAD, known, NOW)).hasSeconds(60);
  }

  @Test
  void aBarOfAnotherClockDoesNotLastForEver() {
    RateLimit known = refusal(BLOB, "3600", "").after(NOTHING, NOW, random);
    assertThat(barred(BLOB, known, NOW.minus(Duration.ofDays(1)))).isZero();
  }

  @Test
  void theReserveIsKeptUntilTheWindowHasPassed() {
    Standing standing = new Standing();
    Allowance allowance = new Allowance(100, 22, Duration.ofHours(6), NOW);
    standing.known = new RateLimit(Optional.of(allowance), Instant.EPOCH, Instant.EPOCH, 0);
    assertThat(standing.keptForPeople(20, NOW)).isZero();
    standing.pullsOut = 2;
    assertThat(standing.keptForPeople(20, NOW)).isEqualTo(Duration.ofHours(6));
    assertThat(standing.keptForPeople(20, NOW.plus(Duration.ofHours(6)))).isZero();
    assertThat(standing.keptForPeople(20, NOW.minusSeconds(1))).isZero();
    assertThat(standing.keptForPeople(0, NOW)).isZero();
  }
}
