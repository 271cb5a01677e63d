package dev.sluice.metadata;

import dev.sluice.metadata.Reference.Tag;
import java.util.List;

/**
 * Which tags of a repository a check may move.
 *
 * @param exclusions the tags that are treated the other way; none unless the mode speaks of them
 */
public record TagMutability(Mode mode, List<NamePattern> exclusions) {

  /** ECR's words. */
  public enum Mode {
    /** Every tag may move. */
    MUTABLE,
    /** No tag moves. */
    IMMUTABLE,
    /** No tag moves except those named. */
    IMMUTABLE_WITH_EXCLUSION,
    /** Every tag may move except those named. */
    MUTABLE_WITH_EXCLUSION
  }

  /** Every tag may move. */
  public static final TagMutability MUTABLE = new TagMutability(Mode.MUTABLE, List.of());

  /** Copies the list. */
  public TagMutability {
    exclusions = List.copyOf(exclusions);
  }

  /** Whether a tag that points somewhere may come to point elsewhere. */
  public boolean mayMove(Tag tag) {
    return switch (mode) {
      case MUTABLE -> true;
      case IMMUTABLE -> false;
      case IMMUTABLE_WITH_EXCLUSION -> isExcluded(tag);
      case MUTABLE_WITH_EXCLUSION -> !isExcluded(tag);
    };
  }

  private boolean isExcluded(Tag tag) {
    return exclusions.stream().anyMatch(pattern -> pattern.matches(tag.value()));
  }
}
