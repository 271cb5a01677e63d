package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A store that does as another does, but for what a test makes different. */
public class ForwardingStore implements FileBlobStore {

  private final FileBlobStore store;

  /** Does as this one does. */
  public ForwardingStore(FileBlobStore store) {
    this.store = store;
  }

  @Override
  public OptionalLong find(Digest digest) {
    return store.find(digest);
  }

  @Override
  public BlobFile hold(Digest digest) throws IOException {
    return store.hold(digest);
  }

  @Override
  public BlobFile inspect(Digest digest) throws IOException {
    return store.inspect(digest);
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    return store.open(digest, offset);
  }

  @Override
  public FileBlobWriter create(Digest digest, OptionalLong size) throws IOException {
    return store.create(digest, size);
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    return store.delete(digest);
  }

  @Override
  public void each(Consumer<AtRest> visitor) throws IOException {
    store.each(visitor);
  }

  /** A writer that does as another does. */
  public static class ForwardingWriter implements FileBlobWriter {

    private final FileBlobWriter writer;

    /** Does as this one does. */
    public ForwardingWriter(FileBlobWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(ByteBuffer[] bytes) throws IOException {
      writer.write(bytes);
    }

    @Override
    public long written() {
      return writer.written();
    }

    @Override
    public BlobFile file() {
      return writer.file();
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
