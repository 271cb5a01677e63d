package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.peers.PeerAnswer;
import dev.sluice.fetcher.peers.PeerAnswer.Hold;
import dev.sluice.fetcher.peers.PeerAnswer.Located;
import dev.sluice.fetcher.peers.PeerAnswer.No;
import dev.sluice.fetcher.peers.PeerQuestion;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
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
  private final Route route;
  private final BlobOrder order;
  private final OptionalLong size;
  private final Set<String> silent = new HashSet<>();
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
    Optional<Next> owner = atOwner(offset);
    if (owner.isPresent()) {
      return owner.get();
    }
    return another().flatMap(node -> open(node, offset)).orElseGet(() -> goUpstream(offset, how));
  }

  /** Each owner is asked anew: it may have lost what it had, and says so. */
  private Optional<Next> atOwner(long offset) {
    Subject subject = Subject.of(order.rule(), order.repository(), order.purpose());
    var question = new PeerQuestion.Blob(subject, order.digest(), false);
    for (Node owner : peers.owners().ahead(order.digest().toString())) {
      if (silent.contains(owner.name())) {
        continue;
      }
      PeerAnswer answer = peers.colleagues().ask(owner, question);
      if (answer instanceof No(var refused)) {
        return Optional.of(new Next.Over(new Broken(refused.message())));
      }
      Optional<Next> next = answer instanceof Located ? open(owner, offset) : Optional.empty();
      if (next.isPresent()) {
        return next;
      }
      silent.add(owner.name());
    }
    return Optional.empty();
  }

  /** A node that has it, or fetches it from upstream already. */
  private Optional<Node> another() {
    List<Node> others =
        peers.owners().others(order.digest().toString()).stream()
            .filter(node -> !silent.contains(node.name()))
            .toList();
    return peers
        .colleagues()
        .firstWhere(
            others,
            new PeerQuestion.Has(order.digest()),
            answer -> answer instanceof Located(_, var hold) && hold != Hold.FOLLOWING)
        .await();
  }

  private Optional<Next> open(Node node, long offset) {
    return peers
        .blobs()
        .open(node.blobs(), order.digest(), offset)
        .<Optional<Next>>map(body -> Optional.of(new Next.Onward(body.source())))
        .otherwise(Optional.empty())
        .await();
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
