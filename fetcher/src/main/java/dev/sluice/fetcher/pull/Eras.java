package dev.sluice.fetcher.pull;

import dev.sluice.metadata.RepositoryName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts how often each repository has lost something by a deletion. Work remembers in which era it
 * began: what comes of it in a later one is not noted, and nobody of a later one takes part in it,
 * or a deletion would be undone by a pull from before it. Confined to one context.
 *
 * <p>Bounded: the repository whose last deletion lies back furthest is forgotten first. Then the
 * work of every repository without a deletion of its own is taken for older than it is, and begins
 * anew.
 */
final class Eras {

  /** How many repositories are known by name. */
  static final int MOST = 10_000;

  private long latest;
  private long ofAllOthers;
  private final Map<RepositoryName, Long> eras =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RepositoryName, Long> eldest) {
          if (size() <= MOST) {
            return false;
          }
          ofAllOthers = eldest.getValue();
          return true;
        }
      };

  /** The era of a repository now. */
  long of(RepositoryName repository) {
    return eras.getOrDefault(repository, ofAllOthers);
  }

  /** Whether an era of a repository is over. */
  boolean isOver(RepositoryName repository, long era) {
    return of(repository) != era;
  }

  /** A repository loses something, so that a new era of it begins. */
  void begin(RepositoryName repository) {
    eras.remove(repository);
    latest++;
    eras.put(repository, latest);
  }
}
