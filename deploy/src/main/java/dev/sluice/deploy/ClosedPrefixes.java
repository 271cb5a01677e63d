package dev.sluice.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prefixes whose rules had a credential that was not for everybody, now or once. A rule may go
 * while what was pulled through it stays, which must not become open by that.
 */
final class ClosedPrefixes {

  private static final Logger LOG = LoggerFactory.getLogger(ClosedPrefixes.class);

  private final Path file;
  private final Executor keeper;
  private volatile Set<String> prefixes;

  private ClosedPrefixes(Path file, Set<String> prefixes, Executor keeper) {
    this.file = file;
    this.keeper = keeper;
    this.prefixes = Set.copyOf(prefixes);
  }

  /**
   * Those that a data folder knows of.
   *
   * @param keeper writes to it, away from the event loops
   */
  static ClosedPrefixes open(Path data, Executor keeper) throws IOException {
    Path file = data.resolve("closed-prefixes");
    Set<String> known = Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
    return new ClosedPrefixes(file, known, keeper);
  }

  Set<String> all() {
    return prefixes;
  }

  /** Closes more of them at once, and has that kept. */
  void add(Set<String> more) {
    if (!prefixes.containsAll(more)) {
      Set<String> sum = new TreeSet<>(prefixes);
      sum.addAll(more);
      prefixes = Set.copyOf(sum);
      keeper.execute(this::keep);
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
