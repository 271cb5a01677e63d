package dev.sluice.storage.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a blob was last used: its file's time of access, written by us, whatever the mount does. */
final class LastUse {

  private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);

  private LastUse() {}

  /** Notes it; where that cannot be written, an older time stays. */
  static void note(Path file, Instant when) {
    try {
      set(file, FileTime.from(when));
    } catch (IOException readOnly) {
      LOG.debug("use was not noted: {}", readOnly.toString());
    }
  }

  /** Undoes what reading has done to it, if the file is the same still. */
  static void putBack(Path file, Stamp same, FileTime before) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (Stamp.of(now).equals(same) && !now.lastAccessTime().equals(before)) {
        set(file, before);
      }
    } catch (IOException goneOrReadOnly) {
      LOG.debug("use was not put back: {}", goneOrReadOnly.toString());
    }
  }

  private static void set(Path file, FileTime when) throws IOException {
    Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(null, when, null);
  }
}
