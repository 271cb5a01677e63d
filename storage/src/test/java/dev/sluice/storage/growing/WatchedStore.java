package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes every file that is opened in a store. */
public final class WatchedStore extends ForwardingStore {

  private final List<FileChannel> opened = new CopyOnWriteArrayList<>();

  /** Watches this store. */
  public WatchedStore(FileBlobStore store) {
    super(store);
  }

  /** Every file so far, whether open or closed again. */
  public List<FileChannel> opened() {
    return opened;
  }

  @Override
  public BlobFile hold(Digest digest) throws IOException {
    BlobFile file = super.hold(digest);
    opened.add(file.channel());
    return file;
  }

  @Override
  public FileBlobWriter create(Digest digest, OptionalLong size) throws IOException {
    FileBlobWriter writer = super.create(digest, size);
    opened.add(writer.file().channel());
    return writer;
  }
}
