package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;

/** The file that a blob is written to; its bytes are hashed on their way, so they are known. */
final class WrittenFile implements BlobFile {

  private final FileChannel channel;
  private Holding holding;
  private boolean closed;

  WrittenFile(FileChannel channel) {
    this.channel = channel;
  }

  /** The blob is whole and at rest; as long as this stays open, it is held. */
  synchronized Holding become(BasicFileAttributes file) {
    holding = new Holding(file.size(), file.lastAccessTime().toInstant());
    holding.verified(Stamp.of(file));
    if (!closed) {
      holding.open();
    }
    return holding;
  }

  @Override
  public FileChannel channel() {
    return channel;
  }

  @Override
  public boolean isVerified() {
    return true;
  }

  @Override
  public void right() {}

  @Override
  public void wrong(String reason) {}

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (holding != null) {
      holding.close();
    }
    channel.close();
  }
}
