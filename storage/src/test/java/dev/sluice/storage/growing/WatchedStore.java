package dev.sluice.storage.growing;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes every file that is opened in a store. */
public final class WatchedStore implements BlobStore {

  private final BlobStore store;
  private final List<FileChannel> opened = new CopyOnWriteArrayList<>();

  /** Watches this store. */
  public WatchedStore(BlobStore store) {
    this.store = store;
  }

  /** Every file so far, whether open or closed again. */
  public List<FileChannel> opened() {
    return opened;
  }

  @Override
  public OptionalLong find(Digest digest) {
    return store.find(digest);
  }

  @Override
  public FileChannel open(Digest digest) throws IOException {
    FileChannel file = store.open(digest);
    opened.add(file);
    return file;
  }

  @Override
  public BlobWriter create(Digest digest, OptionalLong size) throws IOException {
    BlobWriter writer = store.create(digest, size);
    opened.add(writer.bytes());
    return writer;
  }
}
