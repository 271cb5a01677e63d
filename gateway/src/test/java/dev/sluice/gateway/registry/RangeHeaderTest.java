package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.registry.RangeHeader.Part;
import dev.sluice.gateway.registry.RangeHeader.Unsatisfiable;
import dev.sluice.gateway.registry.RangeHeader.Whole;
import dev.sluice.storage.ByteRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeaderTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 0, 1000",
    "bytes=0-0, 0, 1",
    "bytes=0-999, 0, 1000",
    "bytes=0-1000, 0, 1000",
    "bytes=500-, 500, 500",
    "bytes=500-599, 500, 100",
    "bytes=999-, 999, 1",
    "bytes=999-999, 999, 1",
    "bytes=-1, 999, 1",
    "bytes=-1000, 0, 1000",
    "bytes=-1001, 0, 1000",
    "bytes= 5-9 , 5, 5",
    "bytes=007-008, 7, 2",
    "bytes=5-9223372036854775807, 5, 995",
    "bytes=5-9223372036854775808, 5, 995",
    "bytes=5-99999999999999999999999999, 5, 995",
    "bytes=-99999999999999999999999999, 0, 1000"
  })
  void aRangeIsReadAndCutToTheBlob(String header, long offset, long length) {
    assertThat(RangeHeader.parse(header, 1000)).isEqualTo(new Part(new ByteRange(offset, length)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=1000-",
        "bytes=1000-2000",
        "bytes=-0",
        "bytes=9223372036854775807-",
        "bytes=9223372036854775808-",
        "bytes=99999999999999999999999999-",
        "bytes=99999999999999999999999999-99999999999999999999999999",
        "bytes=0-9,20-29",
        "bytes=0-,0-,0-",
        "bytes=-1,-2"
      })
  void whatTheBlobDoesNotHaveAndSeveralPartsAreRefused(String header) {
    assertThat(RangeHeader.parse(header, 1000)).isEqualTo(new Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=--1",
        "bytes=--",
        "bytes=5",
        "bytes=abc-def",
        "bytes=1-x",
        "bytes=9-5",
        "bytes=+1-2",
        "bytes=0x1-0x2",
        "bytes=1 - 2",
        "bytes=1.5-2",
        "bytes=\u0661-\u0662",
        "lines=1-2",
        "bytes 1-2",
        "0-5"
      })
  void whatIsNoByteRangeIsIgnored(String header) {
    assertThat(RangeHeader.parse(header, 1000)).isEqualTo(new Whole());
  }

  @Test
  void withoutAHeaderTheBlobIsWhole() {
    assertThat(RangeHeader.parse(null, 1000)).isEqualTo(new Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-5", "bytes=-0"})
  void anEmptyBlobIsWholeForWhoeverAsksForAPart(String header) {
    assertThat(RangeHeader.parse(header, 0)).isEqualTo(new Whole());
  }

  @Test
  void theLargestBlobHasRangesToo() {
    assertThat(RangeHeader.parse("bytes=9223372036854775800-", Long.MAX_VALUE - 1))
        .isNotInstanceOf(Whole.class);
    assertThat(RangeHeader.parse("bytes=-1", 1L << 40))
        .isEqualTo(new Part(new ByteRange((1L << 40) - 1, 1)));
  }
}
