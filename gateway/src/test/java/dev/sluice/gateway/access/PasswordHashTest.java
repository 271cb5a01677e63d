package dev.sluice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

  /** Made by the crypt(3) of a Debian, not by the library that checks it here. */
  private static final String OF_CRYPT =
      "$2b$05$CFGkwlQzLqfJ4tAJZv6XTOzpglj8.HIcIrY7vqIUq3cNHzCZJu1p6";

  @Test
  void whatAnotherProgramMadeIsChecked() {
    assertThat(PasswordHash.isOne(OF_CRYPT)).isTrue();
    assertThat(PasswordHash.cost(OF_CRYPT)).isEqualTo(5);
    assertThat(PasswordHash.matches("correct horse", OF_CRYPT)).isTrue();
    assertThat(PasswordHash.matches("correct horsf", OF_CRYPT)).isFalse();
    assertThat(PasswordHash.matches("", OF_CRYPT)).isFalse();
  }

  /** The same algorithm under the names that other tools give it. */
  @ParameterizedTest
  @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
  void itsOtherNamesAreChecked(String name) {
    String hash = name + OF_CRYPT.substring(4);

    assertThat(PasswordHash.isOne(hash)).isTrue();
    assertThat(PasswordHash.matches("correct horse", hash)).isTrue();
    assertThat(PasswordHash.matches("Correct horse", hash)).isFalse();
  }

  @Test
  void passwordsBeyond72BytesCountToThere() {
    String hash = "$2b$04$q7NicE6EKB457yWrv.whv.qoLDL98ZXCkdTPsr75i0mglDvXRJsM2";

    assertThat(PasswordHash.matches("p".repeat(100), hash)).isTrue();
    assertThat(PasswordHash.matches("p".repeat(72), hash)).isTrue();
    assertThat(PasswordHash.matches("p".repeat(71), hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$apr1$abcdefgh$0123456789012345678901",
        "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
        "$2x$05$0123456789012345678901234567890123456789012345678901z",
        "$2y$03$01234567890123456789012345678901234567890123456789012",
        "$2y$16$01234567890123456789012345678901234567890123456789012",
        "$2y$5$012345678901234567890123456789012345678901234567890123",
        "$2y$05$0123456789012345678901234567890123456789012345678901",
      })
  void otherHashesAreNotHonoured(String hash) {
    assertThat(PasswordHash.isOne(hash)).isFalse();
  }

  @Test
  void nobodysHashCanBeCheckedAtAnyCostAndIsNobodys() {
    String nobody = PasswordHash.ofNobody(6);

    assertThat(PasswordHash.isOne(nobody)).isTrue();
    assertThat(PasswordHash.cost(nobody)).isEqualTo(6);
    assertThat(PasswordHash.matches("anything", nobody)).isFalse();
  }
}
