package dev.sluice.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Digest;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blobs that are stored here and are members of the repository they were asked of. Bounded; shared
 * by all event loops.
 */
final class BlobMemory implements NameChanges {

  private static final long MOST = 20_000;

  private final Cache<PullRequest.Blob, Stored> known =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  /** How many deletions were heard of, so that no answer from before one is kept after it. */
  private final AtomicLong deletions = new AtomicLong();

  /** Where a blob is, as far as is known; null where it must be asked for. */
  Stored find(PullRequest.Blob asked) {
    return known.getIfPresent(asked);
  }

  /** The state to {@link #keep} an answer in, taken before it is asked for. */
  long deletions() {
    return deletions.get();
  }

  /** Keeps an answer, unless something was deleted since it was asked for. */
  void keep(PullRequest.Blob asked, Stored stored, long deletionsBefore) {
    known.put(asked, stored);
    if (deletions.get() != deletionsBefore) {
      known.asMap().remove(asked, stored);
    }
  }

  /** A blob is not where it was. */
  void forget(PullRequest.Blob asked) {
    known.invalidate(asked);
  }

  /** Which blobs the images alone have listed is not known here, so all of the repository go. */
  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    repository(repository);
  }

  @Override
  public void repository(RepositoryName repository) {
    deletions.incrementAndGet();
    known.asMap().keySet().removeIf(asked -> asked.repository().equals(repository));
  }

  @Override
  public void everything() {
    deletions.incrementAndGet();
    known.invalidateAll();
  }
}
