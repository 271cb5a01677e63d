package dev.sluice.storage.growing;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store whose disk is behind until it is let go, or refuses every write. */
final class BalkyStore implements BlobStore {

  private final BlobStore store;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Throwable refusal;

  BalkyStore(BlobStore store) {
    this.store = store;
  }

  /** From now on every write waits. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  /** What waits goes on. */
  void letGo() {
    gate.countDown();
  }

  /** From now on every write fails so. */
  void refuse(Throwable failure) {
    refusal = failure;
  }

  @Override
  public OptionalLong find(Digest digest) {
    return store.find(digest);
  }

  @Override
  public FileChannel open(Digest digest) throws IOException {
    return store.open(digest);
  }

  @Override
  public BlobWriter create(Digest digest, OptionalLong size) throws IOException {
    return new Balky(store.create(digest, size));
  }

  private final class Balky implements BlobWriter {

    private final BlobWriter writer;

    Balky(BlobWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(ByteBuffer[] bytes) throws IOException {
      try {
        if (!gate.await(20, TimeUnit.SECONDS)) {
          throw new IOException("the test never let go");
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException(stopped);
      }
      switch (refusal) {
        case IOException ofDisk -> throw ofDisk;
        case Error unforeseen -> throw unforeseen;
        case null, default -> {}
      }
      writer.write(bytes);
    }

    @Override
    public long written() {
      return writer.written();
    }

    @Override
    public FileChannel bytes() {
      return writer.bytes();
    }

    @Override
    public Verdict commit() throws IOException {
      return writer.commit();
    }

    @Override
    public void abort() {
      writer.abort();
    }
  }
}
