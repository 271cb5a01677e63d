package dev.sluice.metadata;

import dev.sluice.metadata.Reference.Tag;
import java.time.Duration;
import java.util.List;

/**
 * How long tags stay fresh after a check.
 *
 * @param usual of a tag that no pattern matches; positive
 * @param byTag the first pattern that matches wins
 */
public record CheckIntervals(Duration usual, List<TagInterval> byTag) {

  /** Copies the list. */
  public CheckIntervals {
    byTag = List.copyOf(byTag);
  }

  /** The same for every tag. */
  public CheckIntervals(Duration usual) {
    this(usual, List.of());
  }

  /** How long this tag stays fresh after a check. */
  public Duration of(Tag tag) {
    return byTag.stream()
        .filter(some -> some.tags().matches(tag.value()))
        .findFirst()
        .map(TagInterval::interval)
        .orElse(usual);
  }
}
