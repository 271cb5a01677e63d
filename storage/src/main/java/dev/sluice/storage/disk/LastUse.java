package dev.sluice.storage.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
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
      Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(null, FileTime.from(when), null);
    } catch (IOException readOnly) {
      LOG.debug("use was not noted: {}", readOnly.toString());
    }
  }
}
