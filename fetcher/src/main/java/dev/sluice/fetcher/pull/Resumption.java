package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.upstream.Backoff;
import dev.sluice.fetcher.upstream.BlobBody;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.Remainder;
import dev.sluice.fetcher.upstream.Upstream;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.storage.FillOutcome.Failed;
import dev.sluice.storage.FillOutcome.Wrong;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one fill goes on when upstream broke off: with upstream, from the very byte, a few times.
 * An upstream that will not have it, such as by a 404, is not asked again; one that wants to be
 * left alone for a moment is waited for. People may read what completion began, and what is here
 * already is worth its end: a resume is as urgent as a pull.
 */
final class Resumption implements Flow {

  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  /** A fill that was cut more often is beyond hope. */
  private static final int MOST = 3;

  /** How long a fill is kept for an upstream that does not want to be asked just now. */
  private static final Duration WORTH_WAITING = Duration.ofSeconds(10);

  private final Tasks tasks;
  private final Backoff pauses;
  private final Upstream upstream;
  private final BlobOrder order;
  private final OptionalLong size;
  private final Optional<String> validator;
  private volatile Optional<BlobBody> body;
  private int resumes;

  /**
   * @param first what the fill begins with
   * @param size what the blob must come to; empty where only its digest is known
   */
  Resumption(Route route, BlobOrder order, BlobBody first, OptionalLong size) {
    this.tasks = route.tasks;
    this.pauses = route.pauses;
    this.upstream = route.upstream;
    this.order = order;
    this.size = size;
    this.body = Optional.of(first);
    this.validator = first.validator();
  }

  /** Of a fill that began with what another node had. */
  Resumption(Route route, BlobOrder order, OptionalLong size) {
    this.tasks = route.tasks;
    this.pauses = route.pauses;
    this.upstream = route.upstream;
    this.order = order;
    this.size = size;
    this.body = Optional.empty();
    this.validator = Optional.empty();
  }

  /**
   * How an upstream is asked.
   *
   * @param upstream the one that the fill began with, though its rule has changed or gone meanwhile
   * @param tasks where its answers are awaited
   * @param pauses how long it is left alone before
   */
  record Route(Upstream upstream, Tasks tasks, Backoff pauses) {}

  @Override
  public Future<Next> after(long offset, Failed how) {
    return tasks
        .run(() -> resumed(offset, how))
        .onFailure(bug -> LOG.error("{} was not resumed", order.what(), bug))
        .otherwise(new Next.Over(how));
  }

  /** What comes next; waits. */
  Next resumed(long offset, Failed how) {
    Remainder missing = new Remainder(offset, size, validator);
    body.ifPresent(BlobBody::release);
    while (resumes < MOST) {
      resumes++;
      LOG.debug("{} goes on from byte {}, try {}: {}", order, offset, resumes, how.reason());
      tasks.pause(pauses.pause(resumes, ThreadLocalRandom.current()));
      UpstreamAnswer<BlobBody> answer = ask(missing);
      if (answer instanceof Limited<BlobBody>(_, var free) && free.compareTo(WORTH_WAITING) <= 0) {
        tasks.pause(free.plusMillis(1));
        answer = ask(missing);
      }
      if (answer instanceof Got<BlobBody>(var next)) {
        return fitting(next);
      }
      if (!(answer instanceof Down<BlobBody>)) {
        return new Next.Over(how);
      }
    }
    return new Next.Over(how);
  }

  private UpstreamAnswer<BlobBody> ask(Remainder missing) {
    return upstream.blobFrom(order.upstreamName(), order.digest(), missing, Purpose.PULL);
  }

  private Next fitting(BlobBody next) {
    if (size.isPresent() && next.size().isPresent() && !size.equals(next.size())) {
      next.discard();
      return new Next.Over(
          new Wrong("its size was " + size.getAsLong() + ", then " + next.size().getAsLong()));
    }
    body = Optional.of(next);
    return new Next.Onward(next.source());
  }

  @Override
  public boolean isFromUpstream() {
    return true;
  }

  @Override
  public void end() {
    body.ifPresent(BlobBody::release);
  }
}
