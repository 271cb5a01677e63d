package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.pattern;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns, and what is made of them: filters and intervals. */
@Timeout(30)
class FilterTest {

  @ParameterizedTest
  @CsvSource({
    "latest,      latest",
    "*,           latest",
    "**,          a",
    "v*,          v",
    "v*,          v1.2",
    "*-rc*,       1.0-rc1",
    "*-rc*,       -rc",
    "*.*.*,       1.2.3",
    "*.*.*,       1.2.3.4",
    "*.*.*,       ..",
    "a*b*c,       abc",
    "a*b*c,       abbcbc",
    "a*bc*c,      abcbcc",
    "library/*,   library/alpine",
    "*/app,       team/sub/app",
    "a*a,         aa",
  })
  void aPatternMatches(String pattern, String name) {
    assertThat(pattern(pattern).matches(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "latest,      latest2",
    "latest,      Latest",
    "v*,          1v",
    "*.*.*,       1.2",
    "a*a,         a",
    "a*bc*c,      abc",
    "a*b*c,       ac",
    "a*b*c,       acb",
    "library/*,   library",
    "library/*,   mylibrary/a",
    "*-rc,        1.0-rc1",
    "a.c,         abc",
  })
  void aPatternDoesNotMatch(String pattern, String name) {
    assertThat(pattern(pattern).matches(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a?", "[a]", "a:b", "ä", "a\n", "(a)", "^a$", "a@b"})
  void anythingElseIsNoPattern(String text) {
    assertThat(NamePattern.parse(text)).isEmpty();
    assertThatThrownBy(() -> pattern(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPatternHasAtMost128Characters() {
    assertThat(NamePattern.parse("*".repeat(128))).isPresent();
    assertThat(NamePattern.parse("*".repeat(129))).isEmpty();
  }

  /** What makes other matchers take exponential time. */
  @Test
  void manyStarsCostNoMoreThanFew() {
    NamePattern greedy = pattern("*a".repeat(63) + "*b");
    String name = "a".repeat(RepositoryName.MAX_LENGTH);
    for (int i = 0; i < 100_000; i++) {
      assertThat(greedy.matches(name)).isFalse();
    }
  }

  @Test
  void denialWinsAndAnEmptyAllowListAdmitsAll() {
    assertThat(Filter.NONE.admits("anything/at-all")).isTrue();
    Filter denying = new Filter(List.of(), List.of(pattern("*-rc*")));
    assertThat(denying.admits("1.0")).isTrue();
    assertThat(denying.admits("1.0-rc1")).isFalse();
    Filter both = new Filter(List.of(pattern("1.*"), pattern("2.*")), List.of(pattern("*-rc*")));
    assertThat(both.admits("1.0")).isTrue();
    assertThat(both.admits("2.0")).isTrue();
    assertThat(both.admits("3.0")).isFalse();
    assertThat(both.admits("1.0-rc1")).isFalse();
  }

  @Test
  void theFirstPatternOfATagSaysItsInterval() {
    CheckIntervals intervals =
        new CheckIntervals(
            Duration.ofHours(24),
            List.of(
                new TagInterval(pattern("latest"), Duration.ofMinutes(10)),
                new TagInterval(pattern("*.*.*"), Duration.ofDays(30)),
                new TagInterval(pattern("*.*"), Duration.ofHours(1))));

    assertThat(intervals.of(tag("latest"))).isEqualTo(Duration.ofMinutes(10));
    assertThat(intervals.of(tag("1.2.3"))).isEqualTo(Duration.ofDays(30));
    assertThat(intervals.of(tag("1.2"))).isEqualTo(Duration.ofHours(1));
    assertThat(intervals.of(tag("1"))).isEqualTo(Duration.ofHours(24));
  }
}
