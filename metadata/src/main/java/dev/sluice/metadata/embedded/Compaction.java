package dev.sluice.metadata.embedded;

import org.h2.mvstore.MVStore;

/**
 * Keeps a file from filling up with half-empty chunks, a little after every so many commits.
 *
 * <p>Each commit writes a chunk of its own, of which later ones leave only parts in use: 100 000
 * single changes make 440 MB without this, 100 MB with it. MVStore's own background thread would do
 * the same, but it also commits, and so might put half a change into the file.
 */
final class Compaction {

  private static final int COMMITS_BETWEEN = 256;
  private static final int WANTED_FILL_PERCENT = 60;
  private static final int BYTES_AT_ONCE = 1 << 20;

  private int commits;

  /** Counts a commit; true when it is time for {@link #compact}. */
  boolean isDueAfterCommit() {
    commits = (commits + 1) % COMMITS_BETWEEN;
    return commits == 0;
  }

  /** Compacts a store a little; takes up to some 50 ms, in which nothing else may be changed. */
  void compact(MVStore store) {
    store.compact(WANTED_FILL_PERCENT, BYTES_AT_ONCE);
    store.commit();
  }
}
