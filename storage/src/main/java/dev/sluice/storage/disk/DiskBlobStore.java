package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Blobs as files under one folder. The folder is the only truth: there is no index beside it. */
public final class DiskBlobStore implements FileBlobStore {

  private final BlobLayout layout;
  private final AtomicLong attempts = new AtomicLong();

  private DiskBlobStore(BlobLayout layout) {
    this.layout = layout;
  }

  /**
   * Opens the store in a folder, which is made where it is missing. What a crash left behind of
   * fills under way is removed.
   */
  public static DiskBlobStore open(Path root) throws IOException {
    BlobLayout layout = new BlobLayout(root);
    Files.createDirectories(layout.blobs());
    Files.createDirectories(layout.incomplete());
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(layout.incomplete())) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
    return new DiskBlobStore(layout);
  }

  @Override
  public OptionalLong find(Digest digest) {
    try {
      long size = Files.readAttributes(layout.blob(digest), BasicFileAttributes.class).size();
      // An empty file under any other name is what a file system may leave of a file that was
      // renamed before a power cut and never synced; it is no blob.
      return size > 0 || digest.isOfNothing() ? OptionalLong.of(size) : OptionalLong.empty();
    } catch (NoSuchFileException absent) {
      return OptionalLong.empty();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public BlobFile hold(Digest digest) throws IOException {
    return new OpenFile(FileChannel.open(layout.blob(digest), StandardOpenOption.READ));
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    FileChannel file = FileChannel.open(layout.blob(digest), StandardOpenOption.READ);
    return Channels.newInputStream(file.position(offset));
  }

  @Override
  public FileBlobWriter create(Digest digest, OptionalLong size) throws IOException {
    Path file = layout.fill(digest, attempts.incrementAndGet());
    return new DiskBlobWriter(digest, size, file, layout.blob(digest));
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    return Files.deleteIfExists(layout.blob(digest));
  }

  @Override
  public void each(Consumer<AtRest> visitor) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Whether a fill could be written now: not on a full disk, nor on one that is read-only. */
  public boolean isWritable() {
    Path probe = layout.probe(attempts.incrementAndGet());
    try {
      Files.write(probe, new byte[] {1});
      Files.delete(probe);
      return true;
    } catch (IOException full) {
      return false;
    }
  }
}
