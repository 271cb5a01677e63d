package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.BlobStore.AtRest;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import dev.sluice.storage.FillOutcome;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every blob at rest now and then, and has those set aside that are not what their name says:
 * what went bad on the medium is found before anybody asks for it. Reading is no use, so the order
 * in which blobs make room stays as it is.
 *
 * <p>Each round goes through all blobs in the order of their digests, the first from any of them
 * on: so a node that never runs for a whole round still comes to all, with no place to keep.
 */
public final class Scrub implements Runnable {

  /** More would be felt by those who pull. */
  static final long FASTEST = 64L << 20;

  /** Less would have a large blob open for hours, which then cannot make room for others. */
  static final long SLOWEST = 4L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);

  private final FileBlobStore store;
  private final Duration interval;
  private final Clock clock;
  private final Resting resting;
  private volatile ScrubProgress progress = ScrubProgress.NONE;

  /** Waits. */
  @FunctionalInterface
  public interface Resting {
    /** Waits for so long. */
    void rest(Duration time) throws InterruptedException;
  }

  /**
   * Does nothing until it runs.
   *
   * @param interval in which it goes through all blobs once
   */
  public Scrub(FileBlobStore store, Duration interval, Clock clock, Resting resting) {
    this.store = store;
    this.interval = interval;
    this.clock = clock;
    this.resting = resting;
  }

  /** How far it has come. */
  public ScrubProgress progress() {
    return progress;
  }

  /** Runs round after round, until its thread is interrupted. */
  @Override
  public void run() {
    try {
      boolean isFirst = true;
      while (true) {
        Instant begun = clock.instant();
        round(isFirst);
        isFirst = false;
        Duration left = interval.minus(Duration.between(begun, clock.instant()));
        // Never at once, even where the clock was set.
        resting.rest(left.compareTo(interval.dividedBy(100)) < 0 ? interval.dividedBy(100) : left);
      }
    } catch (InterruptedException stopped) {
      progress = progress.stopped();
      Thread.currentThread().interrupt();
    }
  }

  private void round(boolean isFirst) throws InterruptedException {
    List<AtRest> blobs = inOrder();
    if (isFirst && !blobs.isEmpty()) {
      Collections.rotate(blobs, ThreadLocalRandom.current().nextInt(blobs.size()));
    }
    long all = blobs.stream().mapToLong(AtRest::bytes).sum();
    long perSecond = Math.clamp(all / Math.max(1, interval.toSeconds()), SLOWEST, FASTEST);
    progress = progress.begun(all, blobs.size());
    long before = 0;
    for (AtRest blob : blobs) {
      boolean isWrong = check(blob.digest(), new Reading(before, perSecond));
      before += blob.bytes();
      progress = progress.after(before, isWrong);
    }
    progress = progress.ended(clock.instant());
  }

  private List<AtRest> inOrder() {
    List<AtRest> blobs = new ArrayList<>();
    try {
      store.each(blobs::add);
    } catch (IOException unreadable) {
      LOG.error("blobs cannot be listed, and are checked later: {}", unreadable.toString());
    }
    blobs.sort(Comparator.comparing(blob -> blob.digest().toString()));
    return blobs;
  }

  private boolean check(Digest digest, Reading reading) throws InterruptedException {
    boolean isWrong = false;
    try (BlobFile file = store.inspect(digest)) {
      isWrong = BlobProof.of(digest, file, reading::upTo) instanceof FillOutcome.Wrong;
    } catch (NoSuchFileException gone) {
      LOG.debug("{} has gone", digest);
    } catch (IOException unreadable) {
      DiskTrouble.log(unreadable);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return isWrong;
  }

  /** One blob being read at its pace. */
  private final class Reading {
    private final long before;
    private final long perSecond;
    private long paid;

    Reading(long before, long perSecond) {
      this.before = before;
      this.perSecond = perSecond;
    }

    void upTo(long read) {
      progress = progress.at(before + read);
      try {
        resting.rest(Duration.ofNanos((read - paid) * 1_000_000_000L / perSecond));
      } catch (InterruptedException stopped) {
        // The next read sees it, and ends.
        Thread.currentThread().interrupt();
      }
      paid = read;
    }
  }
}
