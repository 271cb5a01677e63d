package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The open file of a whole blob. */
final class HeldFile implements BlobFile {

  private final Path path;
  private final FileChannel channel;
  private final Known known;
  private Unused unused;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * What is known of the file.
   *
   * @param stamp as it was before it was opened: what changes it meanwhile is noticed later
   */
  record Known(Holding holding, Stamp stamp, Consumer<String> setAside) {}

  /** A file that is looked after: when it was last used, as itself and as its holding say. */
  private record Unused(FileTime lastUsed, Instant noted) {}

  private HeldFile(Path path, FileChannel channel, Known known) {
    this.path = path;
    this.channel = channel;
    this.known = known;
  }

  static HeldFile open(Path path, Known known) throws IOException {
    if (!known.holding.open()) {
      throw new NoSuchFileException(path.toString());
    }
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      return new HeldFile(path, channel, known);
    } catch (IOException | RuntimeException failure) {
      known.holding.close();
      throw failure;
    }
  }

  /** Notes at the file that it is used. */
  void noteUse(Instant now) {
    if (known.holding.isWorthNoting(now)) {
      LastUse.note(path, now);
    }
  }

  /**
   * That it is read from now on is no use: when it is closed, the file's time is as it was.
   *
   * @param lastUsed as the file says
   */
  HeldFile unused(FileTime lastUsed) {
    unused = new Unused(lastUsed, known.holding.noted());
    return this;
  }

  private void putBackUse() {
    if (unused != null && unused.noted.equals(known.holding.noted())) {
      LastUse.putBack(path, known.stamp, unused.lastUsed);
    }
  }

  @Override
  public FileChannel channel() {
    return channel;
  }

  @Override
  public boolean isVerified() {
    return known.holding.isVerified(known.stamp);
  }

  @Override
  public void right() {
    known.holding.verified(known.stamp);
  }

  @Override
  public void wrong(String reason) {
    known.setAside.accept(reason);
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      putBackUse();
      known.holding.close();
      channel.close();
    }
  }
}
