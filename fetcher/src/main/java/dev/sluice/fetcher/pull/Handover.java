package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.peers.PeerAnswer;
import dev.sluice.fetcher.peers.PeerAnswer.Nowhere;
import dev.sluice.fetcher.peers.PeerAnswer.Unable;
import dev.sluice.fetcher.peers.PeerQuestion;
import dev.sluice.fetcher.pull.PeerStreams.Opening;
import dev.sluice.fetcher.upstream.Backoff;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.storage.FillOutcome.Broken;
import dev.sluice.storage.FillOutcome.Failed;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a fill goes on that followed another node, when that one broke off: at the first living
 * owner, from the very byte; and where this node has become the owner, upstream. Nobody who reads
 * it notices more than a pause.
 */
final class Handover implements Flow {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  /** As often a fill may break off at nodes that live and go on. */
  private static final int MOST = 6;

  private final Peers peers;
  private final PeerStreams streams;
  private final Route route;
  private final BlobOrder order;
  private final OptionalLong size;
  private final Set<String> silent = new HashSet<>();
  private final Set<String> begunAnew = new HashSet<>();
  private int handovers;
  private volatile Optional<Resumption> upstream = Optional.empty();

  /**
   * How upstream is reached, where it has to be.
   *
   * @param tasks where answers are awaited
   * @param pauses between the requests for what is missing
   */
  record Route(Upstreams upstreams, Tasks tasks, Backoff pauses) {}

  /**
   * @param size what the blob must come to; empty where only its digest is known
   */
  Handover(Peers peers, Route route, BlobOrder order, OptionalLong size) {
    this.peers = peers;
    this.streams = new PeerStreams(peers);
    this.route = route;
    this.order = order.with(Purpose.PULL);
    this.size = size;
  }

  @Override
  public Future<Next> after(long offset, Failed how) {
    return route
        .tasks
        .run(() -> goOn(offset, how))
        .onFailure(bug -> LOG.error("{} was not handed over", order.what(), bug))
        .otherwise(new Next.Over(how));
  }

  private Next goOn(long offset, Failed how) {
    if (upstream.isPresent()) {
      return upstream.get().resumed(offset, how);
    }
    if (++handovers > MOST) {
      return new Next.Over(how);
    }
    LOG.info("{} goes on from byte {}: {}", order.what(), offset, how.reason());
    return atOwner(offset, how)
        .or(() -> atAnother(offset))
        .orElseGet(() -> goUpstream(offset, how));
  }

  private Optional<Next> atOwner(long offset, Failed how) {
    for (Node owner : peers.owners().ahead(order.digest().toString())) {
      if (silent.contains(owner.name())) {
        continue;
      }
      Optional<Next> next = at(owner, offset, how);
      if (next.isPresent()) {
        return next;
      }
      silent.add(owner.name());
    }
    return Optional.empty();
  }

  /** An owner may have lost what it had, and begin anew; what it loses twice is beyond hope. */
  private Optional<Next> at(Node owner, long offset, Failed how) {
    PeerAnswer held = peers.colleagues().ask(owner, new PeerQuestion.Has(order.digest()));
    if (held instanceof Unable) {
      return Optional.empty();
    }
    if (held instanceof Nowhere && !begunAnew.add(owner.name())) {
      return Optional.of(new Next.Over(how));
    }
    return switch (streams.openAtOwner(owner, order, offset)) {
      case Opening.Opened(var body) -> Optional.of(new Next.Onward(body.source()));
      case Opening.Barred(var refused) -> Optional.of(new Next.Over(new Broken(refused.message())));
      case Opening.Useless() -> Optional.empty();
    };
  }

  private Optional<Next> atAnother(long offset) {
    List<Node> others =
        peers.owners().others(order.digest().toString()).stream()
            .filter(node -> !silent.contains(node.name()))
            .toList();
    return streams
        .holder(order.digest(), others)
        .flatMap(node -> streams.openAtHolder(node, order.digest(), offset))
        .map(body -> new Next.Onward(body.source()));
  }

  private Next goUpstream(long offset, Failed how) {
    Resumption resumption =
        new Resumption(
            new Resumption.Route(route.upstreams.of(order.rule()), route.tasks, route.pauses),
            order,
            size);
    upstream = Optional.of(resumption);
    return resumption.resumed(offset, how);
  }

  @Override
  public boolean isFromUpstream() {
    return upstream.isPresent();
  }

  @Override
  public void end() {
    upstream.ifPresent(Resumption::end);
  }
}
