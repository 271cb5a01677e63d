package dev.sluice.deploy;

import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The prefixes whose rules had a credential that was not for everybody, now or once. A rule may go
 * while what was pulled through it stays, which must not become open by that.
 */
final class ClosedPrefixes {

  private static final long PATIENCE_SECONDS = 2;

  private final Path file;
  private final Set<String> forEverybody;
  private final Executor keeper;
  private volatile Set<String> prefixes;

  private ClosedPrefixes(
      Path file, Set<String> forEverybody, Executor keeper, Set<String> prefixes) {
    this.file = file;
    this.forEverybody = Set.copyOf(forEverybody);
    this.keeper = keeper;
    this.prefixes = prefixes;
  }

  /**
   * Those that a data folder knows of.
   *
   * @param forEverybody prefixes of rules of the file that say {@code anonymous: true}
   * @param keeper writes to the folder, away from the event loops
   */
  static ClosedPrefixes open(Path data, Set<String> forEverybody, Executor keeper)
      throws IOException {
    Path file = data.toAbsolutePath().resolve("closed-prefixes");
    Set<String> known = Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
    return new ClosedPrefixes(file, forEverybody, keeper, known);
  }

  /** Those that are on disk: the same object for as long as there are no more. */
  Set<String> all() {
    return prefixes;
  }

  /** Whether the file lends the credential of this prefix's rule to everybody. */
  boolean isForEverybody(String prefix) {
    return forEverybody.contains(prefix);
  }

  /**
   * Closes what a table of rules will bring in with a credential. Such a table must not come into
   * force before the future has completed: then its prefixes are on disk, and survive a crash.
   */
  Future<Void> close(RuleTable next) {
    return close(closedBy(next));
  }

  /**
   * The same, and what other nodes have closed; they hear of it in turn. While the prefixes that
   * all nodes share cannot be asked, this node goes by its own.
   */
  Future<Void> close(RuleTable next, Optional<dev.sluice.metadata.ClosedPrefixes> shared) {
    if (shared.isEmpty()) {
      return close(next);
    }
    Future<Set<String>> elsewhere =
        shared
            .get()
            .all()
            .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .otherwise(unreachable -> Set.of());
    return elsewhere.compose(
        known ->
            close(union(closedBy(next), known))
                .onSuccess(
                    kept -> {
                      if (!known.containsAll(prefixes)) {
                        shared.get().add(prefixes);
                      }
                    }));
  }

  private Set<String> union(Set<String> closed, Set<String> known) {
    Set<String> both = new TreeSet<>(closed);
    known.stream().filter(prefix -> !isForEverybody(prefix)).forEach(both::add);
    return both;
  }

  private Set<String> closedBy(RuleTable next) {
    return next.rules().stream()
        .filter(rule -> !rule.credentials().isEmpty())
        .map(Rule::prefix)
        .filter(prefix -> !isForEverybody(prefix))
        .collect(Collectors.toSet());
  }

  private Future<Void> close(Set<String> closed) {
    if (prefixes.containsAll(closed)) {
      return Future.succeededFuture();
    }
    Promise<Void> kept = Promise.promise();
    keeper.execute(
        () -> {
          try {
            add(closed);
            kept.complete();
          } catch (IOException | RuntimeException failure) {
            kept.fail(new IOException("cannot write " + file + ": " + failure, failure));
          }
        });
    return kept.future();
  }

  private synchronized void add(Set<String> more) throws IOException {
    TreeSet<String> sum = new TreeSet<>(prefixes);
    if (sum.addAll(more)) {
      write(sum);
      prefixes = Set.copyOf(sum);
    }
  }

  /** After a power cut the file is the old one or the new one, whole. */
  private void write(Set<String> lines) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, lines);
    force(next, StandardOpenOption.WRITE);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    force(file.getParent(), StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption as) throws IOException {
    try (FileChannel written = FileChannel.open(path, as)) {
      written.force(true);
    }
  }
}
