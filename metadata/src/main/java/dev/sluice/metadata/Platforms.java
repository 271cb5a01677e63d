package dev.sluice.metadata;

import java.util.List;

/** Which children of an index are brought in behind the scenes, once the index has been pulled. */
public sealed interface Platforms {

  /** Every child, as Amazon ECR does. */
  record All() implements Platforms {}

  /** None: only what clients ask for. */
  record Requested() implements Platforms {}

  /** The children for these platforms. */
  record Only(List<Platform> platforms) implements Platforms {
    /** Copies the list. */
    public Only {
      platforms = List.copyOf(platforms);
    }
  }

  /** Whether a child for this platform is wanted. */
  default boolean wants(Platform child) {
    return switch (this) {
      case All() -> true;
      case Requested() -> false;
      case Only(var platforms) -> platforms.stream().anyMatch(wish -> wish.isMetBy(child));
    };
  }
}
