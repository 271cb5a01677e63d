package dev.sluice.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RepositoryNameTest {

  /** As the distribution spec has it ("Pulling manifests"). */
  private static final Pattern SPEC =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "alpine",
        "library/alpine",
        "a/b/c/d",
        "a.b",
        "a_b",
        "a__b",
        "a-b",
        "a--b",
        "a-----b",
        "a.b_c__d-e",
        "docker-hub/library/alpine",
        "0/1"
      })
  void aNameOfTheSpecIsRead(String text) {
    assertThat(RepositoryName.parse(text)).contains(new RepositoryName(text));
    assertThat(new RepositoryName(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "Alpine",
        "a/",
        "/a",
        "a//b",
        ".a",
        "a.",
        "a..b",
        "_a",
        "a_",
        "a___b",
        "-a",
        "a-",
        "a._b",
        "a_.b",
        "a-.b",
        "a_-b",
        "a/.b",
        "a/b-",
        "a b",
        "a\u0000b",
        "a\nb",
        "a:b",
        "a@b",
        "ä",
        "a/../b",
        "..",
        ".",
        "a%2fb",
        "a\\b",
        "\u0661",
        "ａ"
      })
  void anythingElseIsNot(String text) {
    assertThat(RepositoryName.parse(text)).isEmpty();
    assertThatThrownBy(() -> new RepositoryName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameHasAtMost255Characters() {
    assertThat(RepositoryName.parse("a".repeat(255))).isPresent();
    assertThat(RepositoryName.parse("a".repeat(256))).isEmpty();
    assertThat(RepositoryName.parse("a/".repeat(127) + "a")).isPresent();
    assertThat(RepositoryName.parse("a/".repeat(128) + "a")).isEmpty();
  }

  /** The spec's pattern overflows the stack on such names, or takes minutes. */
  @Test
  void longNamesAreRefusedAtOnce() {
    for (int length : new int[] {2_001, 200_000}) {
      for (String unit : new String[] {"a", "a-", "a/", "a.", "__", "-", "/"}) {
        String text = unit.repeat(length / unit.length()) + "a";
        long start = System.nanoTime();
        assertThat(RepositoryName.parse(text)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      }
    }
    assertThat(RepositoryName.parse(String.join("/", Collections.nCopies(1_000, "a")))).isEmpty();
  }

  @Test
  void theScannerAndTheSpecAgree() {
    long seed = System.nanoTime();
    System.out.println("RepositoryNameTest: seed " + seed);
    Random random = new Random(seed);
    int names = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = random(random, "ab0._-/A", random.nextInt(31));
      boolean isName = SPEC.matcher(text).matches();
      names += isName ? 1 : 0;
      assertThat(RepositoryName.parse(text).isPresent())
          .as("'%s', seed %d", text, seed)
          .isEqualTo(isName);
    }
    assertThat(names).as("names among the strings").isGreaterThan(500);
  }

  private static String random(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  void aNameLiesUnderWholeComponentsOnly() {
    RepositoryName name = new RepositoryName("a/bc/d");

    assertThat(name.isUnder("a")).isTrue();
    assertThat(name.isUnder("a/bc")).isTrue();
    assertThat(name.isUnder("a/b")).isFalse();
    assertThat(name.isUnder("a/bc/d")).isFalse();
    assertThat(name.isUnder("a/bc/d/e")).isFalse();
    assertThat(name.isUnder("bc")).isFalse();
  }
}
