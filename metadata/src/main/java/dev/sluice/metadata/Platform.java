package dev.sluice.metadata;

import java.util.Optional;

/**
 * What an image runs on, as in an index's descriptors.
 *
 * @param variant of the architecture, such as {@code v7}; empty where there is none
 */
public record Platform(String os, String architecture, String variant) {

  /** Reads {@code os/architecture} or {@code os/architecture/variant}; empty for anything else. */
  public static Optional<Platform> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length < 2 || parts.length > 3 || text.isBlank() || text.contains(" ")) {
      return Optional.empty();
    }
    for (String part : parts) {
      if (part.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : ""));
  }

  /** Whether a wish for this platform is met by another: a wish without variant takes them all. */
  public boolean isMetBy(Platform other) {
    return os.equals(other.os)
        && architecture.equals(other.architecture)
        && (variant.isEmpty() || variant.equals(other.variant));
  }

  @Override
  public String toString() {
    return os + '/' + architecture + (variant.isEmpty() ? "" : '/' + variant);
  }
}
