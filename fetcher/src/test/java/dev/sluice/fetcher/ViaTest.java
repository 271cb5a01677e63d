package dev.sluice.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ViaTest {

  private static final String A = "sluice-0123456789abcdef";
  private static final String B = "sluice-fedcba9876543210";

  @Test
  void onlyOurKindIsRead() {
    List<String> headers =
        List.of(
            "1.0 fred, 1.1 " + A + " (a cache), HTTP/2 example.com:80 (x, y)",
            "",
            "1.1 sluice-xyz, 1.1 " + A + "0, sluice, " + A,
            "HTTP/1.1 " + B);
    assertThat(Via.read(headers).passed()).containsExactly(A, B);
    assertThat(Via.read(List.of())).isEqualTo(Via.NOBODY);
  }

  @Test
  void whatIsSentOnIsReadAgain() {
    String on = Via.read(List.of("1.1 " + A)).onFrom(B);
    assertThat(on).isEqualTo("1.1 " + A + ", 1.1 " + B);
    assertThat(Via.read(List.of(on)).passed()).containsExactly(A, B);
    assertThat(Via.NOBODY.onFrom(A)).isEqualTo("1.1 " + A);
    assertThat(Via.NOBODY.toString()).isEmpty();
  }

  @Test
  void aCircleIsWhereWeHaveBeen() {
    Via via = new Via(List.of(A));
    assertThat(via.isCircle(A)).isTrue();
    assertThat(via.isCircle(B)).isFalse();
    assertThat(Via.NOBODY.isCircle(A)).isFalse();
  }

  @Test
  void pseudonymsDifferUnlessTheyComeOfOneSecret() {
    assertThat(Via.pseudonym()).isNotEqualTo(Via.pseudonym()).matches("sluice-[0-9a-f]{16}");
    assertThat(Via.pseudonym(new byte[32])).isEqualTo(Via.pseudonym(new byte[8]));
  }
}
