package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtagTest {

  private static final String TAG = "\"sha256:1\"";

  @Test
  void aDigestInQuotesIsTheTag() {
    Digest digest = Digest.sha256(new byte[0]);
    assertThat(Etag.of(digest)).isEqualTo('"' + digest.toString() + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TAG,
        "W/" + TAG,
        " " + TAG + " ",
        "*",
        "\"other\", " + TAG,
        "\"other\"," + TAG + ",\"third\"",
        "W/\"other\" , W/" + TAG
      })
  void aListedTagMatches(String header) {
    assertThat(Etag.matches(header, TAG)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "sha256:1", "\"sha256:12\"", "\"SHA256:1\"", "w/" + TAG, "\"*\"", "\"\"", ","})
  void anotherTagDoesNot(String header) {
    assertThat(Etag.matches(header, TAG)).isFalse();
  }

  @Test
  void noHeaderMatchesNothing() {
    assertThat(Etag.matches(null, TAG)).isFalse();
  }
}
