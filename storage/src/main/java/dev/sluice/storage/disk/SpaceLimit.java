package dev.sluice.storage.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of a disk blobs may take. */
public sealed interface SpaceLimit {

  /** No more than most of the disk: the default. */
  static SpaceLimit usual() {
    return new Percent(80);
  }

  /** In bytes. */
  record Bytes(long most) implements SpaceLimit {}

  /** Of the size of the file system that the folder is on, whatever else is there; 1 to 100. */
  record Percent(int most) implements SpaceLimit {}

  /** In bytes, for blobs in this folder. */
  default long in(Path folder) throws IOException {
    return switch (this) {
      case Bytes(var most) -> most;
      case Percent(var most) -> {
        FileStore disk = Files.getFileStore(folder);
        yield disk.getTotalSpace() / 100 * most;
      }
    };
  }
}
