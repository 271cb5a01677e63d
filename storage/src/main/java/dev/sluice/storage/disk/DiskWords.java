package dev.sluice.storage.disk;

import java.nio.file.FileSystemException;

/** What a disk says, in words for everybody. */
final class DiskWords {

  /** What the C library calls EIO, and ENOSPC; Java has no other sign of them. */
  private static final String DAMAGE = "Input/output error";

  private static final String FULL = "No space left on device";

  private DiskWords() {}

  /** Whether the medium is to blame. */
  static boolean isDamage(Exception failure) {
    return String.valueOf(failure.getMessage()).contains(DAMAGE);
  }

  /** Whether there is nothing left, of bytes or of whatever else a file takes. */
  static boolean isFull(Exception failure) {
    return String.valueOf(failure.getMessage()).contains(FULL);
  }

  /** Without the file, with which the message of a {@link FileSystemException} begins. */
  static String of(Exception failure) {
    String words =
        failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
    return words == null ? "the disk refused" : words;
  }
}
