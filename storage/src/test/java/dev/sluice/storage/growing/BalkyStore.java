package dev.sluice.storage.growing;

import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store whose disk is behind until it is let go, or refuses every write. */
final class BalkyStore extends ForwardingStore {

  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Throwable refusal;

  BalkyStore(FileBlobStore store) {
    super(store);
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
  public FileBlobWriter create(Digest digest, OptionalLong size) throws IOException {
    return new Balky(super.create(digest, size));
  }

  private final class Balky extends ForwardingWriter {

    Balky(FileBlobWriter writer) {
      super(writer);
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
      super.write(bytes);
    }
  }
}
