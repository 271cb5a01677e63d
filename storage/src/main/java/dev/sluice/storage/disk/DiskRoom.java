package dev.sluice.storage.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the disk has left for blobs: all but a little, which others need to stay alive. */
final class DiskRoom implements FreeSpace {

  private final FileStore disk;
  private final long others;

  /**
   * @param folder on the disk
   */
  DiskRoom(Path folder) throws IOException {
    disk = Files.getFileStore(folder);
    others = disk.getTotalSpace() / 100;
  }

  @Override
  public long bytes() throws IOException {
    return disk.getUsableSpace() - others;
  }
}
