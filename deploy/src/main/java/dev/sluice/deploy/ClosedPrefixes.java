package dev.sluice.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prefixes whose rules had a credential that was not for everybody, now or once. A rule may go
 * while what was pulled through it stays, which must not become open by that.
 */
final class ClosedPrefixes {

  private static final Logger LOG = LoggerFactory.getLogger(ClosedPrefixes.class);

  private final Path file;
  private volatile Set<String> prefixes;

  private ClosedPrefixes(Path file, Set<String> prefixes) {
    this.file = file;
    this.prefixes = Set.copyOf(prefixes);
  }

  /** Those that this data folder knows of, which need not exist yet. */
  static ClosedPrefixes open(Path data) throws IOException {
    Path file = data.resolve("closed-prefixes");
    return new ClosedPrefixes(
        file, Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of());
  }

  Set<String> all() {
    return prefixes;
  }

  /** Closes more of them at once, and keeps that a moment later. */
  void add(Set<String> more) {
    if (!prefixes.containsAll(more)) {
      Set<String> sum = new TreeSet<>(prefixes);
      sum.addAll(more);
      prefixes = Set.copyOf(sum);
      Thread.startVirtualThread(this::keep);
    }
  }

  private synchronized void keep() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.write(next, new TreeSet<>(prefixes));
      try (FileChannel written = FileChannel.open(next, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      LOG.error("cannot keep which prefixes are closed in {}", file, failure);
    }
  }
}
