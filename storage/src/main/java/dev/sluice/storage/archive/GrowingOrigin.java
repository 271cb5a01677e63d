package dev.sluice.storage.archive;

import dev.sluice.storage.growing.GrowingBlob;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One more reader of a growing blob, as slow as it may be. An interrupt during a read would close
 * the file for all its readers (see {@link java.nio.channels.InterruptibleChannel}), so there is
 * none after {@link #stop}.
 */
final class GrowingOrigin implements Origin {

  private final GrowingBlob blob;
  private final ReentrantLock lock = new ReentrantLock();
  private long position;
  private boolean stopped;

  /** The blob is held already, and released by {@link #close}. */
  GrowingOrigin(GrowingBlob blob) {
    this.blob = blob;
  }

  @Override
  public OptionalLong size() {
    return blob.size();
  }

  @Override
  public int read(byte[] into) throws IOException {
    while (true) {
      GrowingBlob.State state = blob.state();
      long ready = state.readable() - position;
      if (ready > 0) {
        return readSome(ByteBuffer.wrap(into, 0, (int) Math.min(into.length, ready)));
      }
      if (state.whole()) {
        return -1;
      }
      if (state.broken()) {
        throw new Lost("its fill came to nothing");
      }
      awaitMore();
    }
  }

  private int readSome(ByteBuffer into) throws IOException {
    lock.lock();
    try {
      if (stopped) {
        throw new InterruptedIOException("was told to stop");
      }
      int count = blob.bytes().read(into, position);
      if (count <= 0) {
        throw new Lost("its file ends at byte " + position);
      }
      position += count;
      return count;
    } finally {
      lock.unlock();
    }
  }

  private void awaitMore() throws IOException {
    CountDownLatch more = new CountDownLatch(1);
    blob.whenBeyond(position, more::countDown);
    try {
      more.await();
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("was told to stop");
    }
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      stopped = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    blob.release();
  }
}
