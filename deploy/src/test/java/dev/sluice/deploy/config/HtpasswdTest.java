package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtpasswdTest {

  private static final String HASH = "$2y$10$" + "h".repeat(53);

  @Test
  void commentsEmptyLinesAndForeignLineEndsAreNoMistakes() {
    Htpasswd file =
        Htpasswd.parse("# users\r\n\r\nann:" + HASH + "\r\n  ben:" + HASH + "  \n\ncy d:" + HASH);

    assertThat(file.mistakes()).isEmpty();
    assertThat(file.hashes()).isEqualTo(Map.of("ann", HASH, "ben", HASH, "cy d", HASH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann:$apr1$abcdefgh$s3cret | the password of \"ann\" is not hashed by bcrypt | htpasswd -B FILE ann",
        "ann:{SHA}s3cret           | the password of \"ann\" is not hashed by bcrypt | htpasswd -B FILE ann",
        "ann:s3cret                | the password of \"ann\" is not hashed by bcrypt | htpasswd -B FILE ann",
        "ann:$2y$10$s3cret         | the password of \"ann\" is not hashed by bcrypt | htpasswd -B FILE ann",
        "a'b:s3cret                | the password of \"a'b\" is not hashed by bcrypt | htpasswd -B FILE NAME",
        "ann:                      | the password of \"ann\" is not hashed by bcrypt | htpasswd -B FILE ann",
        "s3cret                    | has no user name before a colon                 | NAME:HASH",
        ":s3cret                   | has no user name before a colon                 | NAME:HASH",
        "AWS:s3cret                | names the user AWS                              | any other name",
        "ben:HASH                  | \"ben\" is listed twice                         | once a name",
      })
  void aMistakeHasALineAndSaysWhatToDoAndShowsNoSecret(String line, String what, String allowed) {
    Htpasswd file = Htpasswd.parse("ben:" + HASH + "\n\n" + line.replace("HASH", HASH) + "\n");

    assertThat(file.hashes()).containsOnlyKeys("ben");
    assertThat(file.mistakes())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.line()).isEqualTo(3);
              assertThat(mistake.what()).contains(what);
              assertThat(mistake.allowed()).contains(allowed);
              assertThat(mistake.toString()).doesNotContain("s3cret", HASH);
            });
  }
}
