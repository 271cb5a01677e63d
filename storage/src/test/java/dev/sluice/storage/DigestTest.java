package dev.sluice.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Digest.Algorithm;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

  private static final String EMPTY_256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String EMPTY_512 =
      "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
          + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

  @Test
  void aSha256DigestIsReadAndWritten() {
    assertThat(Digest.parse("sha256:" + EMPTY_256))
        .contains(new Digest(Algorithm.SHA256, EMPTY_256));
    assertThat(new Digest(Algorithm.SHA256, EMPTY_256)).hasToString("sha256:" + EMPTY_256);
  }

  @Test
  void aSha512DigestIsReadAndWritten() {
    assertThat(Digest.parse("sha512:" + EMPTY_512))
        .contains(new Digest(Algorithm.SHA512, EMPTY_512));
    assertThat(new Digest(Algorithm.SHA512, EMPTY_512)).hasToString("sha512:" + EMPTY_512);
  }

  @Test
  void upperCaseHexIsRefused() {
    assertThat(Digest.parse("sha256:" + "A".repeat(64))).isEmpty();
    assertThat(Digest.parse("sha256:" + "a".repeat(63) + "F")).isEmpty();
    assertThat(Digest.parse("SHA256:" + EMPTY_256)).isEmpty();
  }

  @Test
  void hexOfAnotherLengthIsRefused() {
    for (int length : new int[] {0, 1, 63, 65, 127, 128, 200_000}) {
      assertThat(Digest.parse("sha256:" + "a".repeat(length))).as("%d", length).isEmpty();
    }
    assertThat(Digest.parse("sha512:" + "a".repeat(64))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "sha256",
        "sha256:",
        EMPTY_256,
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "sha384:" + EMPTY_256,
        "sha256-" + EMPTY_256,
        " sha256:" + EMPTY_256,
        "sha256:" + EMPTY_256 + "\n",
        "sha256:../../../../../../../../../../../../../../../../../../etc/passwd0",
        "sha256:g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void anythingElseIsNoDigest(String text) {
    assertThat(Digest.parse(text)).isEmpty();
  }

  @Test
  void onlyHexOfTheRightLengthMakesADigest() {
    assertThatThrownBy(() -> new Digest(Algorithm.SHA256, EMPTY_512))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Digest(Algorithm.SHA512, "G".repeat(128)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytesHaveTheDigestThatTheStandardGives() {
    assertThat(Digest.sha256(new byte[0]).hex()).isEqualTo(EMPTY_256);
    assertThat(Digest.sha256("abc".getBytes(UTF_8)))
        .hasToString("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Digest.of(Algorithm.SHA512, Algorithm.SHA512.hasher()).hex()).isEqualTo(EMPTY_512);
  }

  @Test
  void hashersAreNotShared() {
    MessageDigest first = Algorithm.SHA256.hasher();
    first.update((byte) 1);

    assertThat(Digest.of(Algorithm.SHA256, Algorithm.SHA256.hasher()).hex()).isEqualTo(EMPTY_256);
  }
}
