package dev.sluice.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** The open file of a blob. As long as it is open nothing makes room by dropping the blob. */
public interface BlobFile extends AutoCloseable {

  /** For positional reads. */
  FileChannel channel();

  /**
   * Whether these bytes were found to be what their name says, by this process, and nothing points
   * to a change since. Bytes that were not are read to the end before the last of them is sent.
   */
  boolean isVerified();

  /** Says that the bytes were found right. */
  void right();

  /** Says that the bytes are not what their name says, or cannot be read: the blob is set aside. */
  void wrong(String reason);

  @Override
  void close() throws IOException;
}
