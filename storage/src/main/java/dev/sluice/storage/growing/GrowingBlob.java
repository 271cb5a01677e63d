package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.FillOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A blob under way: how many bytes may be read so far, how it ended, and who waits for more.
 *
 * <p>The filler and the tails live on different threads; the lock is held for a few instructions
 * only, never while anybody is called.
 */
public final class GrowingBlob {

  private final OptionalLong size;
  private final BlobFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiters = new ArrayList<>();
  private long written;
  private FillOutcome outcome;
  private int holders = 1;

  private record Waiter(long position, Runnable wake) {}

  /** Held by its filler from the beginning. */
  GrowingBlob(OptionalLong size, BlobFile file) {
    this.size = size;
    this.file = file;
  }

  /** One that is whole, and was found right; closed by its release. */
  static GrowingBlob grown(BlobFile file) throws IOException {
    long size = file.channel().size();
    GrowingBlob blob = new GrowingBlob(OptionalLong.of(size), file);
    blob.grownTo(size);
    blob.ended(new FillOutcome.Filled(size));
    return blob;
  }

  /** What the blob must come to; empty where upstream did not say. */
  public OptionalLong size() {
    return size;
  }

  /** For positional reads by whoever holds the blob. */
  public FileChannel bytes() {
    return file.channel();
  }

  /** What a tail may know at one moment. */
  public record State(long readable, boolean whole, boolean broken) {}

  /** What may be read now, and whether more will come. */
  public State state() {
    lock.lock();
    try {
      boolean whole = isWhole();
      return new State(readable(), whole, outcome != null && !whole);
    } finally {
      lock.unlock();
    }
  }

  /** Whether all bytes have come and are right, kept or not. */
  private boolean isWhole() {
    return outcome instanceof FillOutcome.Filled || outcome instanceof FillOutcome.Unkept;
  }

  /**
   * The last byte is held back until the digest was found right: no wrong body ever comes to its
   * Content-Length. Without a known size the body is chunked, and its last chunk is held back.
   */
  private long readable() {
    if (isWhole() || size.isEmpty()) {
      return written;
    }
    return Math.min(written, Math.max(0, size.getAsLong() - 1));
  }

  /** Takes part in the blob, so that its bytes stay open; false where it is closed already. */
  public boolean hold() {
    lock.lock();
    try {
      if (holders == 0) {
        return false;
      }
      holders++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a part in the blob; the last one closes the bytes. */
  public void release() {
    lock.lock();
    try {
      if (--holders > 0) {
        return;
      }
    } finally {
      lock.unlock();
    }
    try {
      file.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** How many take part in it beside its filler. */
  int readers() {
    lock.lock();
    try {
      return Math.max(0, holders - 1);
    } finally {
      lock.unlock();
    }
  }

  /** Calls once, from any thread, when more than this may be read or the blob has ended. */
  public void whenBeyond(long position, Runnable wake) {
    lock.lock();
    try {
      if (outcome == null && readable() <= position) {
        waiters.add(new Waiter(position, wake));
        return;
      }
    } finally {
      lock.unlock();
    }
    wake.run();
  }

  /** Says that this many bytes are written now. */
  void grownTo(long bytesWritten) {
    wake(() -> written = bytesWritten);
  }

  /** Says how the fill ended. */
  void ended(FillOutcome how) {
    wake(() -> outcome = how);
  }

  private void wake(Runnable change) {
    List<Waiter> woken = new ArrayList<>();
    lock.lock();
    try {
      change.run();
      long readable = readable();
      waiters.removeIf(
          waiter -> {
            boolean due = outcome != null || waiter.position < readable;
            return due && woken.add(waiter);
          });
    } finally {
      lock.unlock();
    }
    woken.forEach(waiter -> waiter.wake.run());
  }
}
