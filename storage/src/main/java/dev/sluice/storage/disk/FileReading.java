package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads a blob's file to the end that it had when it was opened; a shorter one fails. */
final class FileReading implements ReadableByteChannel {

  private final BlobFile file;
  private final long end;
  private long position;

  FileReading(BlobFile file, long offset) throws IOException {
    this.file = file;
    this.position = offset;
    this.end = file.channel().size();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= end) {
      return -1;
    }
    int count = file.channel().read(target, position);
    if (count < 0) {
      throw new EOFException("the file was cut at byte " + position + " of " + end);
    }
    position += count;
    return count;
  }

  @Override
  public boolean isOpen() {
    return file.channel().isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
