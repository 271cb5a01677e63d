package dev.sluice.metadata;

import java.util.Optional;

/**
 * A repository on our side, such as {@code docker-hub/library/alpine}: the OCI distribution spec's
 * {@code <name>}, at most 255 characters.
 */
public record RepositoryName(String value) {

  /** Many clients cap names at this length (distribution spec, "Pulling manifests"). */
  public static final int MAX_LENGTH = 255;

  /** Accepts only what {@link #parse} accepts. */
  public RepositoryName {
    if (!isName(value)) {
      throw new IllegalArgumentException("not a repository name");
    }
  }

  /** Reads a name in time linear in its length; empty where the spec's grammar is not met. */
  public static Optional<RepositoryName> parse(String text) {
    return isName(text) ? Optional.of(new RepositoryName(text)) : Optional.empty();
  }

  /**
   * Whether this name lies under a prefix, by whole path components: {@code a/b} lies under {@code
   * a}, {@code ab} does not.
   */
  public boolean isUnder(String prefix) {
    return value.length() > prefix.length() + 1
        && value.startsWith(prefix)
        && value.charAt(prefix.length()) == '/';
  }

  /*
   * The spec's pattern is [a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*
   * As a java.util.regex pattern it overflows the stack on names of 2 000 characters, hence a scan.
   */
  private static boolean isName(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_LENGTH) {
      return false;
    }
    int at = 0;
    while (true) {
      int start = at;
      while (at < length && isAlphanumeric(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        return false;
      }
      if (at == length) {
        return true;
      }
      int separator = separatorLength(text, at);
      if (separator == 0) {
        return false;
      }
      at += separator;
    }
  }

  /** How many characters of a separator stand at this place: 0 where there is none. */
  private static int separatorLength(String text, int at) {
    char c = text.charAt(at);
    int end = at;
    while (end < text.length() && text.charAt(end) == c) {
      end++;
    }
    int run = end - at;
    return switch (c) {
      case '/', '.' -> run == 1 ? 1 : 0;
      case '_' -> run <= 2 ? run : 0;
      case '-' -> run;
      default -> 0;
    };
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return value;
  }
}
