package dev.sluice.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

/**
 * Manifests that this node has answered and may answer again without asking anybody, until their
 * name changes or a check is due. Bounded by bytes; shared by all event loops.
 */
final class ManifestMemory implements NameChanges {

  private static final long MOST_BYTES = 24L << 20;

  /** What an entry costs besides its body: keys, headers, the cache's own. */
  private static final int OVERHEAD = 1 << 10;

  private final Cache<ManifestRequest, ManifestPage> pages =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((ManifestRequest request, ManifestPage page) -> page.body().length() + OVERHEAD)
          .executor(Runnable::run)
          .build();

  /** How many changes were heard of, so that no answer from before one is kept after it. */
  private final AtomicLong changes = new AtomicLong();

  /** What was answered and may be answered still; null where it must be asked for. */
  ManifestPage find(ManifestRequest request, Instant now) {
    ManifestPage page = pages.getIfPresent(request);
    if (page != null && !page.isUsable(now)) {
      pages.asMap().remove(request, page);
      return null;
    }
    return page;
  }

  /** The state to {@link #keep} an answer in, taken before it is asked for. */
  long changes() {
    return changes.get();
  }

  /** Keeps an answer, unless a name has changed since it was asked for. */
  void keep(ManifestRequest request, ManifestPage page, long changesBefore) {
    pages.put(request, page);
    if (changes.get() != changesBefore) {
      pages.asMap().remove(request, page);
    }
  }

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    changes.incrementAndGet();
    pages.invalidate(new ManifestRequest(repository, tag));
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    forget(
        (request, page) ->
            request.repository().equals(repository)
                && digests.contains(page.found().manifest().digest()));
  }

  @Override
  public void repository(RepositoryName repository) {
    forget((request, page) -> request.repository().equals(repository));
  }

  @Override
  public void everything() {
    forget((request, page) -> true);
  }

  /** Looks at every page, of which there are some ten thousand at most; deletions are rare. */
  private void forget(BiPredicate<ManifestRequest, ManifestPage> which) {
    changes.incrementAndGet();
    pages.asMap().entrySet().removeIf(page -> which.test(page.getKey(), page.getValue()));
  }
}
