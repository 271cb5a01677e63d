package dev.sluice.deploy.cluster;

import dev.sluice.deploy.cluster.Session.Neighbour;
import dev.sluice.fetcher.Nodes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's place among the others. It stays what it is while the stay in the cluster ends and
 * another begins: then the node is alone for a moment, and works.
 */
public final class Cluster implements Nodes {

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final Vertx vertx;
  private final Seat seat;
  private final Node self;
  private final Seal seal;
  private final Answering answering;
  private final Pulse pulse = new Pulse(System::nanoTime);
  private final Stay stay;
  private volatile BusWatch watch = BusWatch.NONE;

  /**
   * Outside the cluster until it is told to {@link #join}.
   *
   * @param vertx of the node; the bus of the cluster has another one
   * @param clock within five minutes of the others'
   */
  public Cluster(Vertx vertx, Seat seat, ClusterSecret secret, Clock clock) {
    this.vertx = vertx;
    this.seat = seat;
    this.self = new Node(seat.name(), seat.blobs());
    this.seal = new Seal(secret, clock);
    this.answering = new Answering(vertx);
    this.stay = new Stay(vertx, events -> Session.join(seat, secret, events), this::settle, pulse);
  }

  /** Tells this one how the bus does, from the next {@link #join} on. */
  public void tell(BusWatch listener) {
    watch = listener;
    pulse.tell(listener);
  }

  /** Joins the others, or founds the cluster; completes when it is joined. */
  public Future<Void> join() {
    return stay.begin();
  }

  private Future<Void> settle(Session session) {
    if (session.neighbours().isEmpty() && seat.members().size() > 1) {
      LOG.warn(
          "is alone for now: none of {} is there yet, or their cluster.name or secret is another",
          seat.members());
    }
    watch.begun(session.bus(), () -> stay.isPast(session));
    var bell = new Bell(vertx, session, new Asking(vertx, session, seal), pulse);
    var post = new Post(session, seal, answering, bell, stay::isLeaving);
    return session
        .listen(post::receive)
        .compose(listening -> bell.ring(() -> stay.isPast(session)));
  }

  @Override
  public Node self() {
    return self;
  }

  @Override
  public List<Node> living() {
    List<Node> others =
        stay.neighbours().stream()
            .filter(neighbour -> pulse.isWell(neighbour.address()))
            .map(Neighbour::node)
            .toList();
    if (others.isEmpty()) {
      return List.of(self);
    }
    // What it would begin now another node would have to end.
    Stream<Node> own = stay.isLeaving() ? Stream.empty() : Stream.of(self);
    return Stream.concat(own, others.stream()).sorted(Comparator.comparing(Node::name)).toList();
  }

  @Override
  public Future<Buffer> ask(Node node, Buffer question) {
    ContextInternal caller = ContextInternal.current();
    Promise<Buffer> answer = caller == null ? Promise.promise() : caller.promise();
    Optional<Session> session = stay.session();
    Optional<Neighbour> asked =
        stay.neighbours().stream().filter(known -> known.node().equals(node)).findFirst();
    if (session.isEmpty() || asked.isEmpty()) {
      answer.fail(node.name() + " is not there any more");
    } else {
      String address = asked.get().address();
      new Asking(vertx, session.get(), seal)
          .ask(address, question)
          .onFailure(
              failure -> {
                if (failure instanceof Silence) {
                  pulse.silent(address);
                }
              })
          .onComplete(answer);
    }
    return answer.future();
  }

  @Override
  public void answerBy(Function<Buffer, Future<Buffer>> answers) {
    answering.answerBy(answers);
  }

  /** How it stands with the cluster. */
  public Standing standing() {
    return stay.standing();
  }

  /** Tells the others that this node is not to be asked any more; what it has can still be had. */
  public void announceLeave() {
    stay.announceLeave(
        session ->
            session
                .neighbours()
                .forEach(
                    neighbour ->
                        new Asking(vertx, session, seal)
                            .send(
                                neighbour.address(),
                                Letter.of(Letter.LEAVING, Buffer.buffer()),
                                Bell.PATIENCE_MILLIS)));
  }

  /** Leaves the cluster. */
  public Future<Void> leave() {
    return stay.end();
  }
}
