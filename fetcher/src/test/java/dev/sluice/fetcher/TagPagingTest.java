package dev.sluice.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagPagingTest {

  @ParameterizedTest
  @CsvSource({
    "n=0, 0",
    "n=00, 0",
    "n=1, 1",
    "n=1000, 1000",
    "n=1001, 1000",
    "n=2147483648, 1000",
    "n=999999999999999999, 1000"
  })
  void theSizeOfAPageIsCapped(String query, String n) {
    assertThat(TagPaging.parse(query)).contains(Map.of("n", n));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n=",
        "n",
        "n=-1",
        "n=+1",
        "n=1.0",
        "n=x",
        "n=%31",
        "n=1;last=zzz",
        "n=1000000000000000000",
        "n=\u0661",
        "last=a%0d%0aX-Injected:%201",
        "last=%3",
        "last=a/b",
        "last=a b",
        "last=a\r\n",
        "next_page=\"x\"",
        "next_page=a>b",
        "n=1&last=\u4e0d"
      })
  void whatCouldLeaveAUrlIsRefused(String query) {
    assertThat(TagPaging.parse(query)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "=", "ns=docker.io", "N=5", "a=%0d%0a&&b"})
  void unknownParametersAreDropped(String query) {
    assertThat(TagPaging.parse(query)).contains(Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gAAAAB%3D%3d", "%3E", "%0d%0a", "%252e"})
  void escapesPassAsTheyCame(String value) {
    var paging = Map.of("next_page", value);

    assertThat(TagPaging.parse("next_page=" + value)).contains(paging);
    assertThat(TagPaging.format(paging)).isEqualTo("next_page=" + value);
  }

  @Test
  void valuesHaveALength() {
    assertThat(TagPaging.parse("last=" + "a".repeat(1024))).isPresent();
    assertThat(TagPaging.parse("last=" + "a".repeat(1025))).isEmpty();
  }

  @Test
  void whatWasReadIsWrittenInASettledOrder() {
    var paging = TagPaging.parse("next_page=Zz-9~_.&unknown=1&n=10&last=v1.0").orElseThrow();

    assertThat(TagPaging.format(paging)).isEqualTo("last=v1.0&n=10&next_page=Zz-9~_.");
    assertThat(TagPaging.parse(TagPaging.format(paging))).contains(paging);
    assertThat(TagPaging.format(Map.of())).isEmpty();
  }
}
