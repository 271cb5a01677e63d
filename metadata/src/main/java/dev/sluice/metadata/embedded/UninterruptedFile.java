package dev.sluice.metadata.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file that stays open when a thread that uses it is interrupted. Java's own file channels close
 * themselves then, and MVStore would give its file up in the middle of its work.
 */
final class UninterruptedFile extends FileBaseDefault {

  private static final String SCHEME = "uninterrupted";

  static {
    FilePath.register(new Scheme());
  }

  private final RandomAccessFile file;

  /** Held from the seek until the bytes are moved. */
  private final ReentrantLock position = new ReentrantLock();

  UninterruptedFile(RandomAccessFile file) {
    this.file = file;
  }

  /** The name under which MVStore opens a file so. */
  static String nameOf(Path file) {
    return SCHEME + ':' + file.toAbsolutePath();
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Guarded by a lock of its own.
  public int read(ByteBuffer into, long from) throws IOException {
    byte[] bytes = new byte[into.remaining()];
    position.lock();
    try {
      file.seek(from);
      int count = file.read(bytes);
      into.put(bytes, 0, Math.max(count, 0));
      return count;
    } finally {
      position.unlock();
    }
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Guarded by a lock of its own.
  public int write(ByteBuffer source, long at) throws IOException {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    position.lock();
    try {
      file.seek(at);
      file.write(bytes);
      return bytes.length;
    } finally {
      position.unlock();
    }
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    if (size < file.length()) {
      file.setLength(size);
    }
  }

  @Override
  public void force(boolean metadata) throws IOException {
    file.getFD().sync();
  }

  @Override
  public FileLock tryLock(long from, long length, boolean shared) throws IOException {
    return file.getChannel().tryLock(from, length, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  /**
   * By this MVStore opens such a file. Public only because MVStore makes its instances by
   * reflection.
   */
  public static final class Scheme extends FilePathWrapper {

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      return new UninterruptedFile(new RandomAccessFile(getBase().toString(), mode));
    }
  }
}
