package dev.sluice.storage.peer;

import java.util.OptionalLong;

/** Counts of bytes in headers. */
final class Numbers {

  /** No blob has a number of more digits. */
  private static final int MOST_DIGITS = 18;

  private Numbers() {}

  /** Reads digits and nothing else; empty where there is no such number. */
  static OptionalLong read(String text) {
    boolean number =
        text != null
            && !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
