package dev.sluice.storage.disk;

import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where blobs go that are not what their name says. The latest are kept, for people to look at. */
final class QuarantineFolder {

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineFolder.class);

  private final BlobLayout layout;
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param most bytes that are kept
   */
  QuarantineFolder(BlobLayout layout, long most) {
    this.layout = layout;
    this.most = most;
  }

  /** The most bytes that it ever holds. */
  long most() {
    return most;
  }

  /** How many were taken since the start. */
  long taken() {
    return taken.get();
  }

  /** Takes a blob out of those that are served. */
  synchronized void take(Digest digest, String reason) throws IOException {
    Path file = layout.blob(digest);
    taken.incrementAndGet();
    if (Files.size(file) > most) {
      LOG.error(
          "{} is damaged and was removed: {}; it is fetched again when asked", digest, reason);
      Files.delete(file);
      return;
    }
    Path aside = layout.aside(digest, nextNumber());
    Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    LOG.error(
        "{} is damaged: {}; it is fetched again when asked, and now {}", digest, reason, aside);
    keepTheLatest();
  }

  /** What is here may be from before the start. */
  private long nextNumber() throws IOException {
    return byAge().stream().mapToLong(QuarantineFolder::number).max().orElse(0) + 1;
  }

  private void keepTheLatest() throws IOException {
    long room = most;
    for (Path file : byAge().reversed()) {
      room -= Files.size(file);
      if (room < 0) {
        Files.delete(file);
      }
    }
  }

  private List<Path> byAge() throws IOException {
    try (Stream<Path> files = Files.list(layout.quarantine())) {
      return files.sorted(Comparator.comparingLong(QuarantineFolder::number)).toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    String digits = name.substring(name.lastIndexOf('.') + 1);
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }
}
