package dev.sluice.gateway.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Which part of a list in ASCII order is asked for.
 *
 * @param most how many entries, from 0 to {@link #MAX}
 * @param after the entries begin behind this name, be it in the list or not
 */
record Paging(int most, String after) {

  /** The most entries of one answer; also where a client names no number. */
  static final int MAX = 1000;

  /** The most text of one answer: clients read no list that is longer than a manifest may be. */
  static final long MOST_TEXT = 3L << 20;

  /** The most digits that a number may have; whatever it is, it is capped. */
  private static final int LONGEST_NUMBER = 18;

  /**
   * A part of a list.
   *
   * @param next the raw query of the part after it; empty where nothing follows
   */
  record Part<T>(List<T> entries, Optional<String> next) {}

  /** Reads {@code n} and {@code last} of a raw query; empty where one of them cannot be. */
  static Optional<Paging> parse(String query) {
    Optional<List<String>> numbers = Parameters.values(query, "n");
    Optional<List<String>> names = Parameters.values(query, "last");
    if (numbers.isEmpty() || names.isEmpty()) {
      return Optional.empty();
    }
    String number = numbers.get().isEmpty() ? Integer.toString(MAX) : numbers.get().getLast();
    boolean isNumber =
        !number.isEmpty()
            && number.length() <= LONGEST_NUMBER
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber
        ? Optional.of(
            new Paging(
                (int) Math.min(MAX, Long.parseLong(number)),
                names.get().isEmpty() ? "" : names.get().getLast()))
        : Optional.empty();
  }

  /**
   * The part of a list.
   *
   * @param name by which it is in order
   * @param text how long an entry is as text
   */
  <T> Part<T> of(List<T> all, Function<T, String> name, ToLongFunction<T> text) {
    List<T> entries = new ArrayList<>();
    long length = 0;
    for (T entry : all) {
      if (name.apply(entry).compareTo(after) <= 0) {
        continue;
      }
      length += text.applyAsLong(entry);
      if (entries.size() == most || (length > MOST_TEXT && !entries.isEmpty())) {
        return new Part<>(
            entries, entries.isEmpty() ? Optional.empty() : next(name.apply(entries.getLast())));
      }
      entries.add(entry);
    }
    return new Part<>(entries, Optional.empty());
  }

  private Optional<String> next(String last) {
    return Optional.of("last=" + URLEncoder.encode(last, StandardCharsets.UTF_8) + "&n=" + most);
  }
}
