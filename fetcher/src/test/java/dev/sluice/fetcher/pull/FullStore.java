package dev.sluice.fetcher.pull;

import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import dev.sluice.storage.growing.ForwardingStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** A store whose disk may be full. */
final class FullStore extends ForwardingStore {

  private volatile boolean full;

  FullStore(FileBlobStore store) {
    super(store);
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
  public FileBlobWriter create(Digest digest, OptionalLong size) throws IOException {
    check();
    return new Writer(super.create(digest, size));
  }

  private final class Writer extends ForwardingWriter {

    Writer(FileBlobWriter writer) {
      super(writer);
    }

    @Override
    public void write(ByteBuffer[] bytes) throws IOException {
      check();
      super.write(bytes);
    }

    @Override
    public Verdict commit() throws IOException {
      check();
      return super.commit();
    }
  }
}
