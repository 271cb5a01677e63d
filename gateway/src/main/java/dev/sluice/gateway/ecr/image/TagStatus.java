package dev.sluice.gateway.ecr.image;

import dev.sluice.gateway.ecr.Members;

/** Which images a list is about. */
public enum TagStatus {
  /** Those that a tag points to. */
  TAGGED,
  /** Those that no tag points to. */
  UNTAGGED,
  /** Every one. */
  ANY;

  /** The {@code tagStatus} of a filter; every one where it says nothing. */
  public static TagStatus read(Members filter) {
    return filter.choice("tagStatus", TagStatus.class).orElse(ANY);
  }

  /** Whether an image is among them. */
  public boolean admits(boolean isTagged) {
    return switch (this) {
      case TAGGED -> isTagged;
      case UNTAGGED -> !isTagged;
      case ANY -> true;
    };
  }
}
