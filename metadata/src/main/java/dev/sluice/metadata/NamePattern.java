package dev.sluice.metadata;

import java.util.Optional;

/**
 * A pattern of tags or repositories, in which {@code *} stands for any run of characters, slashes
 * and none among them. Matching takes time linear in the name.
 *
 * @param text at most {@value #MAX_LENGTH} letters, digits and {@code . _ - / *}
 */
public record NamePattern(String text) {

  /** As long as the longest tag. */
  public static final int MAX_LENGTH = 128;

  private static final String ALSO_ALLOWED = "._-/*";

  /** Accepts only what {@link #parse} accepts. */
  public NamePattern {
    if (!isPattern(text)) {
      throw new IllegalArgumentException("not a pattern of names");
    }
  }

  /** Reads a pattern; empty where no name could match, or it is too long. */
  public static Optional<NamePattern> parse(String text) {
    return isPattern(text) ? Optional.of(new NamePattern(text)) : Optional.empty();
  }

  /** Whether the whole name matches. */
  public boolean matches(String name) {
    int star = text.indexOf('*');
    if (star < 0) {
      return name.equals(text);
    }
    int last = text.lastIndexOf('*');
    int tail = text.length() - last - 1;
    if (name.length() < star + tail
        || !name.startsWith(text.substring(0, star))
        || !name.endsWith(text.substring(last + 1))) {
      return false;
    }
    return holdsInOrder(name.substring(star, name.length() - tail), star, last);
  }

  /**
   * Whether what stands between the stars is found one after the other, each as early as it can.
   */
  private boolean holdsInOrder(String middle, int firstStar, int lastStar) {
    int at = 0;
    int star = firstStar;
    while (star < lastStar) {
      int next = text.indexOf('*', star + 1);
      String part = text.substring(star + 1, next);
      int found = middle.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
      star = next;
    }
    return true;
  }

  private static boolean isPattern(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(NamePattern::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ALSO_ALLOWED.indexOf(c) >= 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
