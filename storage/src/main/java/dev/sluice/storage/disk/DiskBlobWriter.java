package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore.FileBlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A blob being written to {@code incomplete/}, and moved to its own name once it is right. */
final class DiskBlobWriter implements FileBlobWriter {

  private static final Logger LOG = LoggerFactory.getLogger(DiskBlobWriter.class);

  private final Digest digest;
  private final OptionalLong size;
  private final Path file;
  private final Path destination;
  private final FileChannel channel;
  private final MessageDigest hasher;
  private long written;
  private boolean ended;

  DiskBlobWriter(Digest digest, OptionalLong size, Path file, Path destination) throws IOException {
    this.digest = digest;
    this.size = size;
    this.file = file;
    this.destination = destination;
    this.hasher = digest.algorithm().hasher();
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
  }

  @Override
  public void write(ByteBuffer[] bytes) throws IOException {
    long length = 0;
    for (ByteBuffer buffer : bytes) {
      length += buffer.remaining();
      hasher.update(buffer.duplicate());
    }
    for (long left = length; left > 0; ) {
      left -= channel.write(bytes);
    }
    written += length;
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public BlobFile file() {
    return new OpenFile(channel);
  }

  @Override
  public Verdict commit() throws IOException {
    try {
      if (size.isPresent() && size.getAsLong() != written) {
        return new Verdict.Wrong("got " + written + " of " + size.getAsLong() + " bytes");
      }
      Digest found = Digest.of(digest.algorithm(), hasher);
      if (!found.equals(digest)) {
        return new Verdict.Wrong("the bytes are " + found);
      }
      publish();
      return new Verdict.Right();
    } finally {
      abort();
    }
  }

  /**
   * Data first, then the name, then the folder that holds the name: after a power cut the file is
   * whole under its name, or not there at all.
   */
  private void publish() throws IOException {
    channel.force(false);
    Path folder = destination.getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      sync(folder.getParent());
      sync(folder.getParent().getParent());
    }
    Files.move(file, destination, StandardCopyOption.ATOMIC_MOVE);
    ended = true;
    sync(folder);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
      handle.force(true);
    }
  }

  @Override
  public void abort() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      Files.deleteIfExists(file);
    } catch (IOException stuck) {
      LOG.warn("cannot remove {}: {}; it goes at the next start", file, stuck.toString());
    }
  }
}
