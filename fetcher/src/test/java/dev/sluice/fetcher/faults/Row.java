package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.pull.BenchOptions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A row of the table of upstream faults.
 *
 * @param expected what a client may see when nothing is cached
 * @param reason of a refusal
 * @param held where an answer waits for a second client: after so many bytes, or before its head
 * @param rounds how often it is asked, with two hours between
 * @param tally what else holds, such as how often upstream was asked
 */
record Row(
    String name,
    Set<Place> places,
    Mischief mischief,
    Expected expected,
    Reason reason,
    long held,
    int rounds,
    UnaryOperator<BenchOptions> setting,
    Consumer<Scene> tally) {

  /** An answer is held before its head. */
  static final long AT_HEAD = -1;

  /** No answer is held, for none comes. */
  static final long NEVER = -2;

  /** Where the rows say "any". */
  static final Set<Place> ANY = EnumSet.of(Place.MANIFEST, Place.BLOB, Place.TOKEN, Place.TAGS);

  static Row of(String name, Place place, Mischief mischief, Expected expected) {
    return of(name, EnumSet.of(place), mischief, expected);
  }

  static Row of(String name, Set<Place> places, Mischief mischief, Expected expected) {
    return new Row(
        name,
        places,
        mischief,
        expected,
        Reason.UNAVAILABLE,
        AT_HEAD,
        1,
        options -> options,
        scene -> {});
  }

  /** Refused for this reason. */
  Row because(Reason other) {
    return new Row(name, places, mischief, expected, other, held, rounds, setting, tally);
  }

  /** Strikes in the middle of a body, which both clients read already. */
  Row inTheBody() {
    return heldAt(Scene.SIZE / 10);
  }

  /** Strikes before there is an answer that could be held. */
  Row beforeAnyAnswer() {
    return heldAt(NEVER);
  }

  private Row heldAt(long bytes) {
    return new Row(name, places, mischief, expected, reason, bytes, rounds, setting, tally);
  }

  /** Asked so often. */
  Row times(int count) {
    return new Row(name, places, mischief, expected, reason, held, count, setting, tally);
  }

  /** With a fetcher that is set up otherwise. */
  Row with(UnaryOperator<BenchOptions> other) {
    return new Row(name, places, mischief, expected, reason, held, rounds, other, tally);
  }

  /** With a fetcher that soon takes silence for an answer. */
  Row impatient() {
    return with(BenchOptions::impatient);
  }

  /** And this holds as well. */
  Row and(Consumer<Scene> check) {
    return new Row(
        name, places, mischief, expected, reason, held, rounds, setting, tally.andThen(check));
  }
}
