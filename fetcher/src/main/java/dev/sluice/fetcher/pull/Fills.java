package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.fetcher.Journey;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
  private final Map<Digest, UnderWay> underWay = new ConcurrentHashMap<>();

  private record UnderWay(
      Subject subject, Beginning beginning, Growth growth, Promise<Void> seenThrough) {

    boolean isFromUpstream() {
      return beginning.flow().isFromUpstream();
    }
  }

  Fills(Blobs blobs, FetchMetrics metrics, Clock clock) {
    this.blobs = blobs;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * What is filled.
   *
   * @param rule the prefix of the rule it is asked by; empty where there is none
   * @param repository that it is asked for
   */
  record Subject(Digest digest, String rule, RepositoryName repository) {}

  /**
   * A fill that has begun.
   *
   * @param outcome never fails
   * @param seenThrough to be completed by {@link #seenThrough(Digest, Fill)}
   */
  record Fill(Future<FillOutcome> outcome, Promise<Void> seenThrough) {}

  /** Begins a fill; unless it ended at once, it is found among the blobs when this returns. */
  Fill begin(Subject subject, Beginning beginning) {
    Digest digest = subject.digest;
    Instant started = clock.instant();
    metrics.fillStarted();
    Promise<Void> seenThrough = Promise.promise();
    Flow flow = beginning.flow();
    underWay.put(digest, new UnderWay(subject, beginning, new Growth(started), seenThrough));
    Journey journey = Journey.current();
    FillSpan span = FillSpan.begin(journey, subject, flow);
    Future<FillOutcome> outcome =
        blobs.fill(
            digest,
            beginning.size(),
            beginning.source(),
            (offset, how) -> journey.take(() -> flow.after(offset, how)));
    outcome.onSuccess(
        end -> {
          flow.end();
          span.end(end);
          metrics.fillEnded(end, Duration.between(started, clock.instant()));
          if (end instanceof FillOutcome.Failed failed) {
            LOG.warn("blob {} was dropped: {}", digest, failed.reason());
          }
        });
    return new Fill(outcome, seenThrough);
  }

  /** Nothing more follows from a fill, or another has taken its place. */
  void seenThrough(Digest digest, Fill fill) {
    underWay.computeIfPresent(
        digest, (_, latest) -> latest.seenThrough == fill.seenThrough ? null : latest);
    fill.seenThrough.complete();
  }

  /**
   * For how long the fill that has been still the longest has not gained a byte, as far as this was
   * asked: who wants to know asks every now and then.
   */
  Duration stillness() {
    Instant now = clock.instant();
    return underWay.entrySet().stream()
        .map(fill -> fill.getValue().growth.stillness(blobs.readable(fill.getKey()).orElse(0), now))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Whether a fill of this has begun and was not seen through. */
  boolean isUnderWay(Digest digest) {
    return underWay.containsKey(digest);
  }

  /** Whether what grows here comes from another node. */
  boolean isFollowing(Digest digest) {
    UnderWay fill = underWay.get(digest);
    return fill != null && !fill.isFromUpstream();
  }

  /** Those that grow at this moment; may be asked from any thread. */
  List<FillUnderWay> growing() {
    return underWay.entrySet().stream()
        .filter(fill -> blobs.find(fill.getKey()).orElse(null) instanceof Growing)
        .map(fill -> shown(fill.getKey(), fill.getValue()))
        .toList();
  }

  private FillUnderWay shown(Digest digest, UnderWay fill) {
    return new FillUnderWay(
        digest,
        fill.subject.rule,
        fill.subject.repository,
        blobs.readable(digest).orElse(0),
        fill.beginning.size(),
        fill.growth.begun(),
        blobs.readers(digest),
        fill.isFromUpstream());
  }

  /** Completes when the fill under way was seen through; at once where there is none. */
  Future<Void> next(Digest digest) {
    UnderWay fill = underWay.get(digest);
    return fill == null ? Future.succeededFuture() : fill.seenThrough.future();
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
        : Future.join(underWay.values().stream().map(fill -> fill.seenThrough.future()).toList())
            .compose(over -> allSettled());
  }
}
