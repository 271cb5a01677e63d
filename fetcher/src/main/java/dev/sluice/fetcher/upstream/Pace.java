package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Journey.Stage;
import dev.sluice.fetcher.upstream.Purpose.Rank;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Lets questions out at no more than so many in any second; people's first, then checks, then
 * completion. Lines are bounded: a turn that comes too late is no use to anybody. Confined to one
 * context.
 *
 * <p>Of the nodes of a cluster each has its share of the rate.
 *
 * <p>A tenth of the rate may go out at once, the rest is spread: together they make the rate.
 */
final class Pace {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** Nobody waits in line for longer than this: who would is turned away. */
  private static final int LONGEST_WAIT_SECONDS = 10;

  private static final int LONGEST_LINE = 2_000;

  private final Vertx vertx;
  private final LongSupplier nanos;
  private final int burst;
  private final long intervalAlone;
  private final IntSupplier nodes;
  private final int longestLine;
  private final Map<Rank, Queue<Promise<Boolean>>> lines = new EnumMap<>(Rank.class);

  /** When all questions so far would be out, were they spread evenly; by {@link #nanos}. */
  private long spent;

  private boolean timed;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param perSecond 1 or more, for all nodes together
   * @param nodes how many share it now, 1 or more
   */
  Pace(Vertx vertx, LongSupplier nanos, int perSecond, IntSupplier nodes) {
    this.vertx = vertx;
    this.nanos = nanos;
    this.burst = Math.max(1, perSecond / 10);
    this.nodes = nodes;
    this.intervalAlone = Math.ceilDiv(SECOND, perSecond - burst + 1);
    this.longestLine = Math.min(perSecond * LONGEST_WAIT_SECONDS, LONGEST_LINE);
    this.spent = nanos.getAsLong();
    for (Rank rank : Rank.values()) {
      lines.put(rank, new ArrayDeque<>());
    }
  }

  /**
   * Completes with true when it is this question's turn, with false where none is near. When the
   * purpose is raised meanwhile, the question changes to the end of the other line.
   */
  Future<Boolean> turn(Purpose purpose) {
    if (waitingBefore(Purpose.COMPLETION) == 0 && take()) {
      return Future.succeededFuture(true);
    }
    Promise<Boolean> turn = Promise.promise();
    standInLine(turn, purpose);
    purpose.whenRaised(
        () -> {
          if (leaveLine(turn)) {
            standInLine(turn, purpose);
          }
        });
    return turn.future();
  }

  /** Waits for a question's turn; false where none is near. */
  boolean waitForTurn(Purpose purpose) {
    Future<Boolean> turn = turn(purpose);
    return turn.isComplete() ? turn.result() : Journey.current().waitFor(Stage.QUEUE, turn::await);
  }

  private void standInLine(Promise<Boolean> turn, Purpose purpose) {
    if (waitingBefore(purpose) >= longestLine) {
      turn.complete(false);
    } else {
      lines.get(purpose.rank()).add(turn);
      wakeInTime();
    }
  }

  /** Whether it stood in any. */
  private boolean leaveLine(Promise<Boolean> turn) {
    return lines.values().stream().anyMatch(line -> line.remove(turn));
  }

  /** How long a question that comes now would wait, as far as can be told. */
  Duration waitFor(Purpose purpose) {
    long ready = Math.max(0, ready() - nanos.getAsLong());
    return Duration.ofNanos(ready + waitingBefore(purpose) * interval());
  }

  /** How many wait whose turn comes before that of a newcomer. */
  private int waitingBefore(Purpose newcomer) {
    int waiting = 0;
    for (Rank rank : Rank.values()) {
      if (rank.compareTo(newcomer.rank()) <= 0) {
        waiting += lines.get(rank).size();
      }
    }
    return waiting;
  }

  private boolean take() {
    long now = nanos.getAsLong();
    if (ready() - now > 0) {
      return false;
    }
    spent = (spent - now > 0 ? spent : now) + interval();
    return true;
  }

  /** When the next question may go out. */
  private long ready() {
    int share = Math.max(1, burst / nodes.getAsInt());
    return spent - (share - 1) * interval();
  }

  private long interval() {
    return intervalAlone * nodes.getAsInt();
  }

  private void wakeInTime() {
    if (!timed) {
      timed = true;
      long millis = Duration.ofNanos(ready() - nanos.getAsLong()).toMillis() + 1;
      vertx.setTimer(Math.max(1, millis), due -> letOut());
    }
  }

  private void letOut() {
    timed = false;
    for (Queue<Promise<Boolean>> line : lines.values()) {
      while (!line.isEmpty() && take()) {
        line.remove().complete(true);
      }
    }
    if (waitingBefore(Purpose.COMPLETION) > 0) {
      wakeInTime();
    }
  }
}
