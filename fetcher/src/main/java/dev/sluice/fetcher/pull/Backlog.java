package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Manifests whose content is wanted though no client asked for it. Bounded: what does not fit is
 * found again when its index is next looked at. Confined to one context.
 */
final class Backlog {

  private static final int MOST = 10_000;

  private final Queue<Wanted> queue = new ArrayDeque<>();
  private final Set<Wanted> known = new HashSet<>();
  private final Queue<Promise<Wanted>> idle = new ArrayDeque<>();

  /** A manifest of which everything is wanted. */
  record Wanted(Rule rule, RepositoryName repository, Digest digest) {}

  /** Wants the children of a manifest that a client asked for, if it is an index. */
  void add(Rule rule, RepositoryName repository, Descriptor manifest) {
    boolean index = ManifestDocument.INDEX_TYPES.contains(manifest.mediaType());
    if (index && !(rule.policies().platforms() instanceof Platforms.Requested)) {
      add(new Wanted(rule, repository, manifest.digest()));
    }
  }

  /** Wants a manifest, unless it is wanted already. */
  void add(Wanted wanted) {
    if (known.size() >= MOST || !known.add(wanted)) {
      return;
    }
    if (idle.isEmpty()) {
      queue.add(wanted);
    } else {
      idle.remove().complete(wanted);
    }
  }

  /** The next manifest to work on; whoever takes it says when it is {@link #done}. */
  Future<Wanted> next() {
    if (!queue.isEmpty()) {
      return Future.succeededFuture(queue.remove());
    }
    Promise<Wanted> promise = Promise.promise();
    idle.add(promise);
    return promise.future();
  }

  /** A manifest has been worked on; it may be wanted again from now on. */
  void done(Wanted wanted) {
    known.remove(wanted);
  }
}
