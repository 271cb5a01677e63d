package dev.sluice.storage.growing;

import dev.sluice.storage.FillOutcome.Unstored;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a disk refuses: the whole of it for the operator, words without paths for everybody. */
final class DiskTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(DiskTrouble.class);

  private static final String UNSAID = "the disk refused the write";

  /** What the C library calls EIO. */
  private static final String DAMAGE = "Input/output error";

  private DiskTrouble() {}

  static Unstored unstored(IOException failure) {
    LOG.warn("a blob could not be stored: {}", failure.toString());
    // The message of a FileSystemException begins with its file.
    String words =
        failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
    return new Unstored(words == null ? UNSAID : words);
  }

  static void log(IOException unreadable) {
    LOG.error("a blob could not be read: {}", unreadable.toString());
  }

  /**
   * Whether the medium is to blame, and not the client, nor that too many files are open. Java has
   * no other sign of it than the system's words.
   */
  static boolean isDamage(Throwable failure) {
    return failure instanceof IOException && String.valueOf(failure.getMessage()).contains(DAMAGE);
  }
}
