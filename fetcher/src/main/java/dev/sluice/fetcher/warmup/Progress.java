package dev.sluice.fetcher.warmup;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUp.Failure;
import dev.sluice.fetcher.WarmUp.State;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** How far one warm-up has come. Confined to one context. */
public final class Progress {

  private static final int LONGEST_REASON = 500;

  private final String id;
  private final Clock clock;
  private final Instant startedAt;
  private final IntConsumer waitingChange;
  private final List<Failure> failures = new ArrayList<>();
  private State state = State.RUNNING;
  private int wanted;
  private int done;
  private int failed;
  private boolean isListed;
  private int blobs;
  private long bytes;
  private Optional<String> waitsFor = Optional.empty();
  private Optional<Instant> endedAt = Optional.empty();

  /**
   * Begins now.
   *
   * @param waitingChange hears how many images more, or fewer, are waited for
   */
  public Progress(String id, Clock clock, IntConsumer waitingChange) {
    this.id = id;
    this.clock = clock;
    this.waitingChange = waitingChange;
    this.startedAt = clock.instant();
  }

  /** By which people ask for it. */
  public String id() {
    return id;
  }

  /** Whether nothing more is to be done for it. */
  public boolean isOver() {
    return state != State.RUNNING;
  }

  /** How many images it has, as far as they are known. */
  public int wanted() {
    return wanted;
  }

  /** One image more is wanted. */
  public void want() {
    wanted++;
    if (!isOver()) {
      waitingChange.accept(1);
    }
  }

  /** All images are known now. */
  public void listed() {
    isListed = true;
    endIfDone();
  }

  /** An image is here. */
  public void done() {
    done++;
    concluded();
  }

  /** An image is given up. */
  public void failed(String image, String why) {
    failed++;
    if (failures.size() < WarmUp.MOST_FAILURES) {
      boolean isLong = why.length() > LONGEST_REASON;
      failures.add(new Failure(image, isLong ? why.substring(0, LONGEST_REASON) + "..." : why));
    }
    concluded();
  }

  private void concluded() {
    if (!isOver()) {
      waitingChange.accept(-1);
    }
    goesOn();
    endIfDone();
  }

  /** A blob was brought in; 0 bytes where its size is not known. */
  public void arrived(long size) {
    blobs++;
    bytes += size;
    goesOn();
  }

  /** Nothing goes on for this reason. */
  public void waits(String why) {
    if (!isOver()) {
      waitsFor = Optional.of(why);
    }
  }

  private void goesOn() {
    waitsFor = Optional.empty();
  }

  /** Ends it, unless it has ended. */
  public void cancel() {
    if (!isOver()) {
      waitingChange.accept(done + failed - wanted);
    }
    end(State.CANCELLED);
  }

  private void endIfDone() {
    if (isListed && done + failed == wanted) {
      end(State.DONE);
    }
  }

  private void end(State how) {
    if (!isOver()) {
      state = how;
      waitsFor = Optional.empty();
      endedAt = Optional.of(clock.instant());
    }
  }

  /** How it stands now. */
  public WarmUp now() {
    return new WarmUp(
        id,
        state,
        new WarmUp.Images(wanted, done, failed),
        isListed,
        new WarmUp.Arrivals(blobs, bytes),
        failures,
        waitsFor,
        startedAt,
        endedAt);
  }
}
