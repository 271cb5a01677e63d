package dev.sluice.storage.disk;

import java.nio.file.FileSystemException;

/** What a disk says, in words for everybody. */
final class DiskWords {

  private DiskWords() {}

  /** Without the file, with which the message of a {@link FileSystemException} begins. */
  static String of(Exception failure) {
    String words =
        failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
    return words == null ? "the disk refused" : words;
  }
}
