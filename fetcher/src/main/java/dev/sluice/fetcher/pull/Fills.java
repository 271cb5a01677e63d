package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.upstream.BlobBody;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fills under way on this node. They belong to nobody's request and end by themselves. */
final class Fills {

  private static final Logger LOG = LoggerFactory.getLogger(Fills.class);

  private final Blobs blobs;
  private final FetchMetrics metrics;
  private final Clock clock;
  private final Map<Digest, Future<FillOutcome>> underWay = new ConcurrentHashMap<>();

  Fills(Blobs blobs, FetchMetrics metrics, Clock clock) {
    this.blobs = blobs;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Begins a fill; unless it ended at once, it is found among the blobs when this returns. */
  void begin(Digest digest, BlobBody body, OptionalLong size) {
    Instant started = clock.instant();
    metrics.fillStarted();
    Future<FillOutcome> fill = body.fill(blobs, digest, size);
    underWay.put(digest, fill);
    fill.onSuccess(
        outcome -> {
          underWay.remove(digest, fill);
          metrics.fillEnded(outcome, Duration.between(started, clock.instant()));
          if (!(outcome instanceof FillOutcome.Filled)) {
            LOG.warn("blob {} was dropped: {}; the next pull asks again", digest, outcome);
          }
        });
  }

  /** How a fill under way ends; at once where there is none. */
  Future<Void> settled(Digest digest) {
    Future<FillOutcome> fill = underWay.get(digest);
    return fill == null ? Future.succeededFuture() : fill.mapEmpty();
  }

  /** All fills under way; completes when they have ended. */
  Future<Void> allSettled() {
    return Future.join(underWay.values().stream().toList()).mapEmpty();
  }
}
