package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Reference.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every form of {@link TagIndex} does. */
public abstract class TagIndexContract {

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");
  private static final Tag LATEST = tag("latest");

  /** The store under test, empty at the start of each test. */
  protected abstract TagIndex tags();

  @Test
  void anUnknownTagIsEmpty() throws Exception {
    assertThat(Answers.of(tags().find(ALPINE, LATEST))).isEmpty();
    assertThat(Answers.of(tags().tags(ALPINE))).isEmpty();
  }

  @Test
  void aTagPointsWhereItWasPointedLast() throws Exception {
    Answers.of(tags().point(ALPINE, LATEST, entry("first")));
    assertThat(Answers.of(tags().find(ALPINE, LATEST))).contains(entry("first"));

    Answers.of(tags().point(ALPINE, LATEST, entry("second")));
    assertThat(Answers.of(tags().find(ALPINE, LATEST))).contains(entry("second"));
  }

  @Test
  void confirmingChangesOnlyTheTimeOfTheCheck() throws Exception {
    TagEntry entry = entry("content");
    Instant later = NOON.plusSeconds(86_400);
    Answers.of(tags().point(ALPINE, LATEST, entry));
    Answers.of(tags().confirm(ALPINE, LATEST, later));

    assertThat(Answers.of(tags().find(ALPINE, LATEST)))
        .contains(new TagEntry(entry.digest(), entry.mediaType(), later));
  }

  @Test
  void aFailedCheckIsKeptBesideWhatIsKnown() throws Exception {
    Answers.of(tags().point(ALPINE, LATEST, entry("content")));
    Answers.of(tags().failed(ALPINE, LATEST, failure("first")));
    Answers.of(tags().failed(ALPINE, LATEST, failure("second")));

    TagEntry known = Answers.of(tags().find(ALPINE, LATEST)).orElseThrow();
    assertThat(known).isEqualTo(entry("content").afterFailure(failure("second")));
    assertThat(known.checkedAt()).isEqualTo(NOON);
  }

  @Test
  void confirmingAndPointingMakeUpForAFailedCheck() throws Exception {
    Answers.of(tags().point(ALPINE, LATEST, entry("first")));
    Answers.of(tags().failed(ALPINE, LATEST, failure("down")));
    Answers.of(tags().confirm(ALPINE, LATEST, NOON));
    assertThat(Answers.of(tags().find(ALPINE, LATEST))).contains(entry("first"));

    Answers.of(tags().failed(ALPINE, LATEST, failure("down")));
    Answers.of(tags().point(ALPINE, LATEST, entry("second")));
    assertThat(Answers.of(tags().find(ALPINE, LATEST))).contains(entry("second"));
  }

  @Test
  void aFailedCheckOfAnUnknownTagIsNotKept() throws Exception {
    Answers.of(tags().failed(ALPINE, LATEST, failure("down")));

    assertThat(Answers.of(tags().find(ALPINE, LATEST))).isEmpty();
    assertThat(Answers.of(tags().tags(ALPINE))).isEmpty();
  }

  private static FailedCheck failure(String reason) {
    return new FailedCheck(NOON.plusSeconds(1), reason, NOON.plusSeconds(11));
  }

  @Test
  void confirmingAnUnknownTagDoesNothing() throws Exception {
    Answers.of(tags().confirm(ALPINE, LATEST, NOON));

    assertThat(Answers.of(tags().find(ALPINE, LATEST))).isEmpty();
    assertThat(Answers.of(tags().tags(ALPINE))).isEmpty();
  }

  @Test
  protected void aForgottenTagIsUnknown() throws Exception {
    Answers.of(tags().point(ALPINE, LATEST, entry("content")));
    Answers.of(tags().point(ALPINE, tag("3.20"), entry("content")));
    Answers.of(tags().forget(ALPINE, LATEST));
    Answers.of(tags().forget(ALPINE, LATEST));

    assertThat(Answers.of(tags().find(ALPINE, LATEST))).isEmpty();
    assertThat(Answers.of(tags().tags(ALPINE))).containsExactly(tag("3.20"));
  }

  @Test
  void repositoriesWhoseNamesBeginAlikeShareNoTags() throws Exception {
    List<String> names = List.of("a", "a/b", "a/bc", "a/b/c", "a-b", "a.b", "a_b", "ab", "a0", "b");
    for (String name : names) {
      Answers.of(tags().point(repository(name), tag("of-" + names.indexOf(name)), entry(name)));
      Answers.of(tags().point(repository(name), LATEST, entry(name)));
    }

    for (String name : names) {
      assertThat(Answers.of(tags().tags(repository(name))))
          .as(name)
          .containsExactly(LATEST, tag("of-" + names.indexOf(name)));
      assertThat(Answers.of(tags().find(repository(name), LATEST))).contains(entry(name));
    }
  }

  @Test
  void tagsAreListedInAsciiOrder() throws Exception {
    List<String> ascending = List.of("0", "1.10", "1.9", "A", "Z", "_", "a", "a-", "a.", "a0", "z");
    for (String name : ascending.reversed()) {
      Answers.of(tags().point(ALPINE, tag(name), entry(name)));
    }

    assertThat(Answers.of(tags().tags(ALPINE)))
        .containsExactlyElementsOf(ascending.stream().map(Samples::tag).toList());
  }

  @Test
  void whereEachTagPointsIsListedInAsciiOrder() throws Exception {
    for (String name : List.of("z", "a", "1.9", "1.10")) {
      Answers.of(tags().point(ALPINE, tag(name), entry(name)));
      Answers.of(tags().point(repository("alpine/below"), tag(name), entry("other")));
    }

    Map<Tag, TagEntry> all = Answers.of(tags().all(ALPINE));
    assertThat(all)
        .containsExactly(
            Map.entry(tag("1.10"), entry("1.10")),
            Map.entry(tag("1.9"), entry("1.9")),
            Map.entry(tag("a"), entry("a")),
            Map.entry(tag("z"), entry("z")));
    assertThat(Answers.of(tags().all(repository("nobody")))).isEmpty();
  }

  @Test
  void tenThousandTagsOfOneRepositoryAreListedInAsciiOrder() throws Exception {
    List<Tag> all = IntStream.range(0, 10_000).mapToObj(i -> tag("v" + i)).toList();
    for (Tag tag : all) {
      Answers.of(tags().point(ALPINE, tag, entry(tag.value())));
    }

    Stream<Tag> ascending = all.stream().map(Tag::value).sorted().map(Samples::tag);
    assertThat(Answers.of(tags().tags(ALPINE))).containsExactlyElementsOf(ascending.toList());
  }

  @Test
  void theLongestNamesFit() throws Exception {
    RepositoryName longest = repository("r".repeat(RepositoryName.MAX_LENGTH));
    Tag longestTag = tag("t".repeat(Tag.MAX_LENGTH));
    Answers.of(tags().point(longest, longestTag, entry("content")));

    assertThat(Answers.of(tags().find(longest, longestTag))).contains(entry("content"));
    assertThat(Answers.of(tags().tags(longest))).containsExactly(longestTag);
  }
}
