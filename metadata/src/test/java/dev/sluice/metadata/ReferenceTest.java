package dev.sluice.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Reference.ByDigest;
import dev.sluice.metadata.Reference.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

  @ParameterizedTest
  @ValueSource(strings = {"latest", "3.20", "_", "_x", "A", "9", "a.b-c_d", "1..2--3", "V1.0-RC1"})
  void aTagIsRead(String text) {
    assertThat(Reference.parse(text)).contains(new Tag(text));
    assertThat(Reference.parseTag(text)).contains(new Tag(text));
    assertThat(new Tag(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "-a", "a b", "a/b", "a+b", "ä", "a\u0000", "a\n", "a@b", "٣"})
  void anythingElseIsNoReference(String text) {
    assertThat(Reference.parse(text)).isEmpty();
    assertThat(Reference.parseTag(text)).isEmpty();
    assertThatThrownBy(() -> new Tag(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTagHasAtMost128Characters() {
    assertThat(Reference.parseTag("t".repeat(128))).isPresent();
    assertThat(Reference.parseTag("t".repeat(129))).isEmpty();
    assertThat(Reference.parse("t".repeat(200_000))).isEmpty();
  }

  @Test
  void whatHasAColonIsADigestOrNothing() {
    String digest = Samples.digest("content").toString();

    assertThat(Reference.parse(digest)).contains(new ByDigest(Samples.digest("content")));
    assertThat(Reference.parse(digest).map(Reference::toString)).contains(digest);
    assertThat(Reference.parseTag(digest)).isEmpty();
    assertThat(Reference.parse("sha256:abc")).isEmpty();
    assertThat(Reference.parse("latest:")).isEmpty();
    assertThat(Reference.parse(":")).isEmpty();
  }
}
