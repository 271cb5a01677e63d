package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.pull.Sweep.Kept;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.storage.Blobs;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings back manifests that were damaged or evicted though people still pull their images: without
 * its few bytes an image could not be served once its upstream is gone. Only what upstream's limits
 * leave is spent on that.
 */
final class LostManifests {

  private static final Duration STILL_PULLED = Duration.ofDays(7);

  /** What else is lost is found by the next look. */
  private static final int MOST_AT_ONCE = 100;

  private final Blobs blobs;
  private final ManifestPull manifests;
  private final Supplier<RuleTable> rules;
  private final Tasks tasks;
  private final Clock clock;
  private final FetchMetrics metrics;

  LostManifests(ManifestPull manifests, Tasks tasks, FetchParts parts) {
    this.blobs = parts.blobs();
    this.manifests = manifests;
    this.rules = parts.rules();
    this.tasks = tasks;
    this.clock = parts.clock();
    this.metrics = parts.metrics();
  }

  /** Brings back those among these images. */
  void mend(List<Kept> images) {
    List<Kept> lost = tasks.aside(() -> Future.succeededFuture(among(images))).await();
    metrics.manifestsLost(lost.size());
    for (Kept image : lost) {
      Optional<Rule> rule = rules.get().match(image.repository());
      if (rule.isPresent()) {
        manifests.byDigest(rule, image.repository(), image.image().digest(), Purpose.COMPLETION);
      }
    }
  }

  private List<Kept> among(List<Kept> images) {
    Instant recent = clock.instant().minus(STILL_PULLED);
    return images.stream()
        .filter(kept -> kept.image().pulledAt().orElse(kept.image().storedAt()).isAfter(recent))
        .filter(kept -> blobs.find(kept.image().digest()).isEmpty())
        .limit(MOST_AT_ONCE)
        .toList();
  }
}
