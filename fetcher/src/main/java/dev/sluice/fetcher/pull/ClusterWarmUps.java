package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUpAnswer;
import dev.sluice.fetcher.WarmUpRequest;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.fetcher.peers.PeerAnswer;
import dev.sluice.fetcher.peers.PeerQuestion;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The warm-ups of all nodes: whoever comes through a load balancer asks another node each time.
 * Each is one node's, the one that was asked to begin it. Those of a node that is silent are not
 * known meanwhile.
 */
final class ClusterWarmUps implements WarmUps {

  private final WarmUps own;
  private final Peers peers;

  ClusterWarmUps(WarmUps own, Peers peers) {
    this.own = own;
    this.peers = peers;
  }

  @Override
  public Future<WarmUpAnswer> begin(WarmUpRequest request) {
    return own.begin(request);
  }

  @Override
  public Future<List<WarmUp>> all() {
    return Future.all(own.all(), elsewhere(new PeerQuestion.OfWarmUps()))
        .map(
            both ->
                both.<List<WarmUp>>list().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(WarmUp::startedAt))
                    .toList());
  }

  @Override
  public Future<Optional<WarmUp>> find(String id) {
    return hereOrElsewhere(own.find(id), new PeerQuestion.OfWarmUp(id, false));
  }

  @Override
  public Future<Optional<WarmUp>> cancel(String id) {
    return hereOrElsewhere(own.cancel(id), new PeerQuestion.OfWarmUp(id, true));
  }

  private Future<Optional<WarmUp>> hereOrElsewhere(
      Future<Optional<WarmUp>> here, PeerQuestion question) {
    return here.compose(
        found ->
            found.isPresent()
                ? Future.succeededFuture(found)
                : elsewhere(question).map(all -> all.stream().findFirst()));
  }

  /** What the other nodes know; all are asked at once, and none fails. */
  private Future<List<WarmUp>> elsewhere(PeerQuestion question) {
    List<Future<PeerAnswer>> asked =
        others().map(node -> peers.colleagues().begin(node, question)).toList();
    return Future.join(asked)
        .map(
            answers ->
                answers.<PeerAnswer>list().stream().flatMap(ClusterWarmUps::warmUps).toList());
  }

  private Stream<Node> others() {
    Nodes nodes = peers.nodes();
    return nodes.living().stream().filter(node -> !node.name().equals(nodes.self().name()));
  }

  private static Stream<WarmUp> warmUps(PeerAnswer answer) {
    return answer instanceof PeerAnswer.Warming(var warmUps) ? warmUps.stream() : Stream.empty();
  }
}
