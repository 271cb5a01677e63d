package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked for after a cut, what counts as its answer, and how long that waits. */
class RemainderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes 10-99/100                  | true",
        "Bytes 10-99/100                  | true",
        "bytes 11-99/100                  | false",
        "bytes 9-99/100                   | false",
        "bytes 10-98/100                  | false",
        "bytes 10-100/100                 | false",
        "bytes 10-100/101                 | false",
        "bytes 10-99/*                    | false",
        "bytes */100                      | false",
        "bytes=10-99/100                  | false",
        "10-99/100                        | false",
        "bytes 10-99/1000000000000000000000 | false",
        "bytes -10-99/100                 | false"
      })
  void onlyTheVeryPartIsTaken(String header, boolean taken) {
    Remainder missing = new Remainder(10, OptionalLong.of(100), Optional.empty());
    assertThat(ContentRange.parse(header).filter(missing::is).isPresent()).isEqualTo(taken);
  }

  @Test
  void ofUnknownSizeThePartMustReachItsEnd() {
    Remainder missing = new Remainder(10, OptionalLong.empty(), Optional.empty());
    assertThat(missing.is(new ContentRange(10, 99, 100))).isTrue();
    assertThat(missing.is(new ContentRange(10, 98, 100))).isFalse();
  }

  @Test
  void pausesAreDrawnBelowABoundThatDoubles() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    long[] bounds = {100, 200, 400, 800, 1600, 2000, 2000};
    Random random = new Random(5);
    for (int attempt = 1; attempt <= bounds.length; attempt++) {
      long longest = 0;
      for (int i = 0; i < 1000; i++) {
        longest = Math.max(longest, backoff.before(attempt, random).toMillis());
      }
      assertThat(longest).isBetween(bounds[attempt - 1] * 9 / 10, bounds[attempt - 1]);
    }
    assertThat(backoff.before(1_000_000, random)).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }
}
