package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The open file of a whole blob. */
final class HeldFile implements BlobFile {

  private final Path path;
  private final FileChannel channel;
  private final Known known;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * What is known of the file.
   *
   * @param stamp as it was before it was opened: what changes it meanwhile is noticed later
   */
  record Known(Holding holding, Stamp stamp, Consumer<String> setAside) {}

  private HeldFile(Path path, FileChannel channel, Known known) {
    this.path = path;
    this.channel = channel;
    this.known = known;
  }

  static HeldFile open(Path path, Known known) throws IOException {
    known.holding.open();
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
      known.holding.close();
      channel.close();
    }
  }
}
