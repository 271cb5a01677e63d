package dev.sluice.storage.disk;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What changes with a file's bytes, as far as its file system tells: bytes that went bad on the
 * medium keep it, and are found by reading.
 *
 * @param file which file it is, by device and inode
 * @param written when its bytes were last written
 */
record Stamp(Optional<Object> file, FileTime written, long bytes) {

  static Stamp of(BasicFileAttributes attributes) {
    return new Stamp(
        Optional.ofNullable(attributes.fileKey()),
        attributes.lastModifiedTime(),
        attributes.size());
  }
}
