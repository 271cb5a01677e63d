package dev.sluice.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.ManifestRequest;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * Manifests that this node has answered and may answer again without asking anybody. Bounded by
 * bytes; shared by all event loops.
 */
final class ManifestMemory {

  private static final long MOST_BYTES = 24L << 20;

  /** What an entry costs besides its body: keys, headers, the cache's own. */
  private static final int OVERHEAD = 1 << 10;

  private final Cache<ManifestRequest, Page> pages =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((ManifestRequest request, Page page) -> page.body.length() + OVERHEAD)
          .executor(Runnable::run)
          .build();

  /** An answer with its body, and the headers that are the same every time. */
  record Page(Found found, Buffer body, String digest, String etag, String length) {

    Page(Found found, long length, Buffer body) {
      this(
          found,
          body,
          found.manifest().digest().toString(),
          Etag.of(found.manifest().digest()),
          Long.toString(length));
    }
  }

  /** What was answered and may be answered still; null where it must be asked for. */
  Page find(ManifestRequest request, Instant now) {
    Page page = pages.getIfPresent(request);
    if (page != null && !now.isBefore(page.found.usableUntil())) {
      pages.asMap().remove(request, page);
      return null;
    }
    return page;
  }

  void keep(ManifestRequest request, Page page) {
    pages.put(request, page);
  }
}
