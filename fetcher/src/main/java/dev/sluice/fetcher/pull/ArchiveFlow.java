package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome.Failed;
import dev.sluice.storage.FillOutcome.Wrong;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a fill goes on that began with the archive's bytes, when these broke off: from the very
 * byte, with the archive again, and where that does not have it any more, or breaks off time and
 * again, upstream. An owner is not asked for the rest: it may have followed this node.
 */
final class ArchiveFlow implements Flow {

  private static final Logger LOG = LoggerFactory.getLogger(ArchiveFlow.class);

  /** As often the archive is opened again. */
  private static final int MOST = 3;

  private final ArchiveDoor door;
  private final Handover.Route route;
  private final Subject subject;
  private int openings;
  private volatile Optional<Resumption> upstream = Optional.empty();

  /**
   * What is filled.
   *
   * @param size what the blob must come to; empty where only its digest is known
   * @param order for upstream; empty where there is none to be asked
   */
  record Subject(Digest digest, OptionalLong size, Optional<BlobOrder> order) {}

  ArchiveFlow(ArchiveDoor door, Handover.Route route, Subject subject) {
    this.door = door;
    this.route = route;
    this.subject = subject;
  }

  @Override
  public Future<Next> after(long offset, Failed how) {
    return route
        .tasks()
        .run(() -> goOn(offset, how))
        .onFailure(bug -> LOG.error("blob {} did not go on", subject.digest, bug))
        .otherwise(new Next.Over(how));
  }

  private Next goOn(long offset, Failed how) {
    if (upstream.isPresent()) {
      return upstream.get().resumed(offset, how);
    }
    LOG.info("blob {} goes on from byte {}: {}", subject.digest, offset, how.reason());
    return reopened(offset)
        .or(() -> subject.order.map(order -> goUpstream(order, offset, how)))
        .orElseGet(() -> new Next.Over(how));
  }

  private Optional<Next> reopened(long offset) {
    if (++openings > MOST) {
      return Optional.empty();
    }
    route.tasks().pause(route.pauses().pause(openings, ThreadLocalRandom.current()));
    return door.open(subject.digest, offset).map(this::fitting);
  }

  private Next fitting(PeerBlob rest) {
    OptionalLong size = subject.size;
    if (size.isPresent() && rest.size().isPresent() && !size.equals(rest.size())) {
      rest.discard().run();
      return new Next.Over(
          new Wrong("its size was " + size.getAsLong() + ", then " + rest.size().getAsLong()));
    }
    return new Next.Onward(rest.source());
  }

  private Next goUpstream(BlobOrder order, long offset, Failed how) {
    var asked = route.upstreams().of(order.rule());
    var way = new Resumption.Route(asked, route.tasks(), route.pauses());
    Resumption resumption = new Resumption(way, order.with(Purpose.PULL), subject.size);
    upstream = Optional.of(resumption);
    return resumption.resumed(offset, how);
  }

  /** The archive waits for no node, so this one may be followed. */
  @Override
  public boolean isFromUpstream() {
    return true;
  }

  @Override
  public void end() {
    upstream.ifPresent(Resumption::end);
  }
}
