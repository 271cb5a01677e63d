package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.upstream.BlobBody;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fills of this node that have begun and not been seen through: what follows from a fill, such
 * as that it is tried again, belongs to it. They belong to nobody's request and end by themselves.
 */
final class Fills {

  private static final Logger LOG = LoggerFactory.getLogger(Fills.class);

  private final Blobs blobs;
  private final FetchMetrics metrics;
  private final Clock clock;
  private final Map<Digest, Promise<Void>> underWay = new ConcurrentHashMap<>();

  Fills(Blobs blobs, FetchMetrics metrics, Clock clock) {
    this.blobs = blobs;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * A fill that has begun.
   *
   * @param outcome never fails
   * @param seenThrough to be completed by {@link #seenThrough(Digest, Fill)}
   */
  record Fill(Future<FillOutcome> outcome, Promise<Void> seenThrough) {}

  /** Begins a fill; unless it ended at once, it is found among the blobs when this returns. */
  Fill begin(Digest digest, BlobBody body, OptionalLong size, Resumption resumption) {
    Instant started = clock.instant();
    metrics.fillStarted();
    Promise<Void> seenThrough = Promise.promise();
    underWay.put(digest, seenThrough);
    Future<FillOutcome> outcome = blobs.fill(digest, size, body.source(), resumption);
    outcome.onSuccess(
        end -> {
          resumption.end();
          metrics.fillEnded(end, Duration.between(started, clock.instant()));
          if (end instanceof FillOutcome.Failed failed) {
            LOG.warn("blob {} was dropped: {}", digest, failed.reason());
          }
        });
    return new Fill(outcome, seenThrough);
  }

  /** Nothing more follows from a fill, or another has taken its place. */
  void seenThrough(Digest digest, Fill fill) {
    underWay.remove(digest, fill.seenThrough);
    fill.seenThrough.complete();
  }

  /** Whether a fill of this has begun and was not seen through. */
  boolean isUnderWay(Digest digest) {
    return underWay.containsKey(digest);
  }

  /** Completes when the fill under way was seen through; at once where there is none. */
  Future<Void> next(Digest digest) {
    Promise<Void> fill = underWay.get(digest);
    return fill == null ? Future.succeededFuture() : fill.future();
  }

  /** Completes when no fill of this is under way; at once where there is none. */
  Future<Void> settled(Digest digest) {
    return isUnderWay(digest)
        ? next(digest).compose(over -> settled(digest))
        : Future.succeededFuture();
  }

  /** Completes when no fill is under way. */
  Future<Void> allSettled() {
    return underWay.isEmpty()
        ? Future.succeededFuture()
        : Future.join(underWay.values().stream().map(Promise::future).toList())
            .compose(over -> allSettled());
  }
}
