package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.pull.Fills.Fill;
import dev.sluice.fetcher.upstream.Backoff;
import dev.sluice.fetcher.upstream.BlobBody;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.Upstream;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Broken;
import dev.sluice.storage.FillOutcome.Filled;
import dev.sluice.storage.FillOutcome.Unkept;
import dev.sluice.storage.FillOutcome.Unstored;
import dev.sluice.storage.FillOutcome.Wrong;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one blob after another from their upstreams. Of a wrong object the right one is asked for
 * at once, from its beginning; where that is wrong too, the blob is left alone for a while.
 */
final class BlobFetch {

  private static final Logger LOG = LoggerFactory.getLogger(BlobFetch.class);

  /** The second attempt is the clean retry; there is no third. */
  private static final int LAST_ATTEMPT = 2;

  private final Rooms rooms;
  private final Upstreams upstreams;
  private final Quarantine quarantine;
  private final Tasks tasks;

  /** What a blob is fetched into, and how. */
  record Rooms(
      Blobs blobs,
      Membership membership,
      Fills fills,
      Absences absences,
      Eras eras,
      FetchMetrics metrics,
      Backoff resumes,
      PassThrough passing) {}

  BlobFetch(Rooms rooms, Upstreams upstreams, Quarantine quarantine, Tasks tasks) {
    this.rooms = rooms;
    this.upstreams = upstreams;
    this.quarantine = quarantine;
    this.tasks = tasks;
  }

  /** Why a blob must not be asked for now; empty where it may be. */
  Optional<Refused> refusal(BlobOrder order) {
    return quarantine.refusal(order.rule(), order.what());
  }

  /** Begins to fetch a blob; answers when its first byte may be read, or why it will not come. */
  BlobAnswer begin(BlobOrder order) {
    return begin(order, 1);
  }

  /** The same for the last time, since what came before was wrong. */
  BlobAnswer beginLast(BlobOrder order) {
    return begin(order, LAST_ATTEMPT);
  }

  private BlobAnswer begin(BlobOrder order, int attempt) {
    Upstream upstream = upstreams.of(order.rule());
    return upstream.during(() -> fetch(upstream, order, attempt));
  }

  private BlobAnswer fetch(Upstream upstream, BlobOrder order, int attempt) {
    // Read first: nothing may be thrown while an answer waits to be taken or discarded.
    OptionalLong listed = rooms.membership.listedSize(order);
    UpstreamAnswer<BlobBody> answer =
        upstream.blob(order.upstreamName(), order.digest(), order.purpose());
    if (!(answer instanceof Got<BlobBody>(var body))) {
      return rooms.absences.refusal(answer, order.rule(), Reason.BLOB_UNKNOWN, order.what());
    }
    Optional<String> wrong = wrongAtSight(order, listed, body);
    if (wrong.isPresent()) {
      body.discard();
      return wrong(order, wrong.get(), attempt);
    }
    LOG.debug("{} comes from {}", order, order.rule().upstream());
    OptionalLong size = listed.isPresent() ? listed : body.size();
    var route = new Resumption.Route(upstream, tasks, rooms.resumes);
    var resumption = new Resumption(route, order, body, size);
    return keep(
        upstream,
        order,
        new Beginning(
            size,
            body.source(),
            resumption,
            body::discard,
            // People who read it were cut, come back, and wait for this.
            reason -> wrong(order.with(Purpose.PULL), reason, attempt)));
  }

  /** Begins to follow another node, which has the blob or is about to. */
  BlobAnswer follow(BlobOrder order, Beginning beginning) {
    Upstream upstream = upstreams.of(order.rule());
    return upstream.during(() -> keep(upstream, order, beginning));
  }

  private BlobAnswer keep(Upstream upstream, BlobOrder order, Beginning beginning) {
    Optional<Refused> refused = rooms.membership.vouch(order);
    Optional<BlobLocation> meanwhile = rooms.blobs.find(order.digest());
    if (refused.isPresent() || meanwhile.isPresent()) {
      beginning.discard().run();
      return refused
          .map(no -> unrecorded(no, order, beginning.size()))
          .orElseGet(() -> new Found(meanwhile.get(), Provenance.HIT));
    }
    return fill(upstream, order, beginning);
  }

  /** Upstream has just said that the repository holds it, though that cannot be written down. */
  private BlobAnswer unrecorded(Refused refused, BlobOrder order, OptionalLong size) {
    return refused.ofThisNode() ? rooms.passing.of(order, size) : refused;
  }

  private BlobAnswer fill(Upstream upstream, BlobOrder order, Beginning beginning) {
    var subject = new Fills.Subject(order.digest(), order.rule().prefix(), order.repository());
    Fill fill = rooms.fills.begin(subject, beginning);
    upstream.begin();
    var seen = tasks.run(() -> seeThrough(order, fill, beginning, upstream::end));
    if (rooms.blobs.find(order.digest()).isPresent()) {
      return new Found(new Growing(order.digest(), beginning.size()), Provenance.MISS);
    }
    // It ended before anybody could look at it, such as on a full disk; nothing has flowed.
    beginning.discard().run();
    return seen.await();
  }

  /** Waits for the end of a fill and for what follows from it; how it stands with the blob then. */
  private BlobAnswer seeThrough(BlobOrder order, Fill fill, Beginning beginning, Runnable ended) {
    try {
      return switch (outcome(fill, ended)) {
        case Filled(var bytes) -> {
          quarantine.clear(order.rule(), order.what());
          yield new Found(new BlobLocation.Stored(order.digest(), bytes), Provenance.MISS);
        }
        case Wrong(var reason) -> beginning.whenWrong().apply(reason);
        case Broken(var reason) -> Refusals.unavailable(order.rule(), order.what(), reason);
        case Unstored _, Unkept _ -> rooms.passing.of(order, beginning.size());
      };
    } finally {
      rooms.fills.seenThrough(order.digest(), fill);
    }
  }

  private static FillOutcome outcome(Fill fill, Runnable ended) {
    try {
      return fill.outcome().await();
    } finally {
      ended.run();
    }
  }

  private BlobAnswer wrong(BlobOrder order, String reason, int attempt) {
    rooms.metrics.mismatch(order.rule().prefix());
    return attempt < LAST_ATTEMPT
        ? begin(order, attempt + 1)
        : quarantine.lock(order.rule(), order.what(), reason);
  }

  private static Optional<String> wrongAtSight(
      BlobOrder order, OptionalLong listed, BlobBody body) {
    OptionalLong announced = body.size();
    if (listed.isPresent() && announced.isPresent() && !listed.equals(announced)) {
      return Optional.of(
          "it announced " + announced.getAsLong() + " bytes of " + listed.getAsLong());
    }
    if (body.isHtml() && listed.isEmpty()) {
      return Optional.of("it answered with a web page");
    }
    // A body of length 0 is whole at once: no byte could be held back until the digest is known.
    OptionalLong size = listed.isPresent() ? listed : announced;
    return size.equals(OptionalLong.of(0)) && !order.digest().isOfNothing()
        ? Optional.of("it has no bytes for it")
        : Optional.empty();
  }
}
