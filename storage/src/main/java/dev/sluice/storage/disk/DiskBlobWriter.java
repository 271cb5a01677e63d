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
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A blob being written to {@code incomplete/}, and moved to its own name once it is right. */
final class DiskBlobWriter implements FileBlobWriter {

  private static final Logger LOG = LoggerFactory.getLogger(DiskBlobWriter.class);

  private final Digest digest;
  private final OptionalLong size;
  private final Place place;
  private final FileChannel channel;
  private final WrittenFile file;
  private final MessageDigest hasher;
  private long written;
  private boolean ended;

  /**
   * Where it is written.
   *
   * @param file while it grows
   * @param destination once it is right
   */
  record Place(Path file, Path destination, Reservation room, WriteHealth health, Clock clock) {}

  DiskBlobWriter(Digest digest, OptionalLong size, Place place) throws IOException {
    this.digest = digest;
    this.size = size;
    this.place = place;
    this.hasher = digest.algorithm().hasher();
    this.channel =
        FileChannel.open(
            place.file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ);
    this.file = new WrittenFile(channel);
  }

  @Override
  public void write(ByteBuffer[] bytes) throws IOException {
    long length = 0;
    for (ByteBuffer buffer : bytes) {
      length += buffer.remaining();
      hasher.update(buffer.duplicate());
    }
    try {
      place.room.take(length);
      for (long left = length; left > 0; ) {
        left -= channel.write(bytes);
      }
    } catch (IOException refused) {
      throw place.health.failed(refused);
    }
    written += length;
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public BlobFile file() {
    return file;
  }

  @Override
  public Verdict commit() {
    try {
      if (size.isPresent() && size.getAsLong() != written) {
        return new Verdict.Wrong("got " + written + " of " + size.getAsLong() + " bytes");
      }
      Digest found = Digest.of(digest.algorithm(), hasher);
      return found.equals(digest) ? publish() : new Verdict.Wrong("the bytes are " + found);
    } finally {
      abort();
    }
  }

  private Verdict publish() {
    try {
      move();
      return new Verdict.Right();
    } catch (IOException refused) {
      return new Verdict.Unkept(DiskWords.of(place.health.failed(refused)));
    }
  }

  /**
   * Data first, then the name, then the folder that holds the name: after a power cut the file is
   * whole under its name, or not there at all. What a sync has refused once is not to be trusted,
   * whatever a second one says: it goes.
   */
  private void move() throws IOException {
    LastUse.note(place.file, place.clock.instant());
    channel.force(false);
    Path folder = place.destination.getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      sync(folder.getParent());
      sync(folder.getParent().getParent());
    }
    Files.move(place.file, place.destination, StandardCopyOption.ATOMIC_MOVE);
    try {
      sync(folder);
    } catch (IOException refused) {
      Files.deleteIfExists(place.destination);
      throw refused;
    }
    place.room.keep(digest, file.become(attributes()));
  }

  private BasicFileAttributes attributes() throws IOException {
    return BlobLayout.attributes(place.destination, digest)
        .orElseThrow(() -> new IOException("the file has gone"));
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
    place.room.end();
    try {
      Files.deleteIfExists(place.file);
    } catch (IOException stuck) {
      LOG.warn("cannot remove {}: {}; it goes at the next start", place.file, stuck.toString());
    }
  }
}
