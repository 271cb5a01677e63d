package dev.sluice.fetcher.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images are named as docker pull names them, without the node's address. */
class ImageNameTest {

  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({"hub/a:1.0, hub/a:1.0", "hub/a, hub/a:latest", "hub/a/b:x_y-Z, hub/a/b:x_y-Z"})
  void aTagIsReadAndLatestWithoutOne(String text, String image) {
    assertThat(ImageName.parse(text)).hasToString("Optional[" + image + "]");
  }

  @Test
  void aDigestCountsBeforeATag() {
    String image = "hub/a@" + DIGEST;
    assertThat(ImageName.parse(image)).hasToString("Optional[" + image + "]");
    assertThat(ImageName.parse("hub/a:1.0@" + DIGEST)).isEqualTo(ImageName.parse(image));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "@",
        "hub/a:",
        "hub/a@",
        "hub/a@latest",
        "hub/a@sha256:12",
        "HUB/a",
        "127.0.0.1:5000/hub/a",
        "https://hub/a",
        "hub/a:x@y@z",
        "hub//a",
        "hub/a b",
        "hub/a:1:2"
      })
  void anythingElseIsNone(String text) {
    assertThat(ImageName.parse(text)).isEmpty();
  }
}
