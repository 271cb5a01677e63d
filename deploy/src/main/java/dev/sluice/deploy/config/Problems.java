package dev.sluice.deploy.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found so far. */
final class Problems {

  /** Top of the file first; then what has no line, such as the environment's. */
  private static final Comparator<Problem> AS_READ =
      Comparator.comparingInt(Problems::lineOrLast).thenComparing(Problem::key);

  private final List<Problem> found = new ArrayList<>();

  void add(Place place, String key, String what, String allowed) {
    found.add(new Problem(place, key, what, allowed));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether something was found at a key, or below it. */
  boolean areAbout(String path) {
    return found.stream()
        .map(Problem::key)
        .anyMatch(
            key -> key.equals(path) || key.startsWith(path + '.') || key.startsWith(path + '['));
  }

  List<Problem> sorted() {
    return found.stream().sorted(AS_READ).toList();
  }

  private static int lineOrLast(Problem problem) {
    return problem.place().line() > 0 ? problem.place().line() : Integer.MAX_VALUE;
  }
}
