package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked for after a cut, and what counts as its answer. */
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
}
