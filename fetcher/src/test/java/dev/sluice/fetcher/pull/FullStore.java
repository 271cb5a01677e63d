package dev.sluice.fetcher.pull;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/** A store whose disk may be full. */
final class FullStore implements BlobStore {

  private final BlobStore store;
  private volatile boolean full;

  FullStore(BlobStore store) {
    this.store = store;
  }

  /** From now on nothing can be begun, nor what was begun go on. */
  void fill() {
    full = true;
  }

  private void check() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
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
    check();
    return new Writer(store.create(digest, size));
  }

  private final class Writer implements BlobWriter {
    private final BlobWriter writer;

    Writer(BlobWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(ByteBuffer[] bytes) throws IOException {
      check();
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
      check();
      return writer.commit();
    }

    @Override
    public void abort() {
      writer.abort();
    }
  }
}
