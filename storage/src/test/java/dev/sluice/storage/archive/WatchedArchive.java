package dev.sluice.storage.archive;

import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Digest;
import dev.sluice.storage.MemoryBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An archive that counts, and that a test can hold up or break. */
final class WatchedArchive extends MemoryBlobStore {

  final AtomicInteger finds = new AtomicInteger();
  final AtomicInteger creates = new AtomicInteger();
  final AtomicInteger aborts = new AtomicInteger();
  final AtomicInteger closedStreams = new AtomicInteger();
  final AtomicLong written = new AtomicLong();
  volatile boolean isGone;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Nothing can be written from now on. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  /** All can be written again. */
  void letGo() {
    gate.countDown();
  }

  /** Whether it has a blob; asking so is not counted, and answered though it is gone. */
  boolean has(Digest digest) {
    try {
      return super.find(digest).isPresent();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void checkGone() throws IOException {
    if (isGone) {
      throw new IOException("the archive is gone");
    }
  }

  @Override
  public OptionalLong find(Digest digest) throws IOException {
    finds.incrementAndGet();
    checkGone();
    return super.find(digest);
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    checkGone();
    return new FilterStream(super.open(digest, offset));
  }

  @Override
  public BlobWriter create(Digest digest, OptionalLong size) throws IOException {
    creates.incrementAndGet();
    return new WatchedWriter(super.create(digest, size));
  }

  private final class FilterStream extends java.io.FilterInputStream {
    FilterStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      checkGone();
      return super.read(into, from, length);
    }

    @Override
    public void close() throws IOException {
      closedStreams.incrementAndGet();
      super.close();
    }
  }

  private final class WatchedWriter implements BlobWriter {
    private final BlobWriter writer;

    WatchedWriter(BlobWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(ByteBuffer[] bytes) throws IOException {
      pass();
      writer.write(bytes);
      written.set(writer.written());
    }

    private void pass() throws IOException {
      checkGone();
      try {
        gate.await();
      } catch (InterruptedException told) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("told to stop");
      }
    }

    @Override
    public long written() {
      return writer.written();
    }

    @Override
    public Verdict commit() throws IOException {
      pass();
      return writer.commit();
    }

    @Override
    public void abort() {
      aborts.incrementAndGet();
      writer.abort();
    }
  }
}
