package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import dev.sluice.storage.ForwardingBlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The same of a store whose blobs are files. */
public class ForwardingStore extends ForwardingBlobStore<FileBlobStore> implements FileBlobStore {

  /** Does as this one does. */
  public ForwardingStore(FileBlobStore store) {
    super(() -> store);
  }

  @Override
  public OptionalLong find(Digest digest) {
    return store().find(digest);
  }

  @Override
  public BlobFile hold(Digest digest) throws IOException {
    return store().hold(digest);
  }

  @Override
  public BlobFile inspect(Digest digest) throws IOException {
    return store().inspect(digest);
  }

  @Override
  public FileBlobWriter create(Digest digest, OptionalLong size) throws IOException {
    return store().create(digest, size);
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
