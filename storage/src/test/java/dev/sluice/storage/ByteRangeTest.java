package dev.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {

  @Test
  void theEndIsOnePastTheLastByte() {
    assertThat(new ByteRange(10, 5).end()).isEqualTo(15);
    assertThat(new ByteRange(10, 0).end()).isEqualTo(10);
    assertThat(new ByteRange(Long.MAX_VALUE, 0).end()).isEqualTo(Long.MAX_VALUE);
    assertThat(new ByteRange(1, Long.MAX_VALUE - 1).end()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aWholeBlobBeginsAtItsFirstByte() {
    assertThat(ByteRange.whole(7)).isEqualTo(new ByteRange(0, 7));
    assertThat(ByteRange.whole(0)).isEqualTo(new ByteRange(0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "0, -1",
    "-5, 10",
    "9223372036854775807, 1",
    "1, 9223372036854775807",
    "0, -9223372036854775808"
  })
  void figuresThatAreNoRangeAreRefused(long offset, long length) {
    assertThatThrownBy(() -> new ByteRange(offset, length))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
