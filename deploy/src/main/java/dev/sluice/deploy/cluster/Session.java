package dev.sluice.deploy.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.sluice.fetcher.Nodes.Node;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One stay in the cluster, from joining to leaving, with an event bus of its own: where that is
 * broken beyond repair, as it may be after a node was frozen or cut off, a new stay takes the place
 * of this one, and nothing else of the node notices.
 */
final class Session implements Line {

  /** Under which a member says how it is addressed on the bus. */
  private static final String BUS_ID = "__vertx.nodeId";

  private static final String ON_BUS = "fetch@";
  private static final long CLOSE_SECONDS = 3;

  private final Vertx vertx;
  private final HazelcastInstance hazelcast;
  private final String self;
  private volatile List<Neighbour> neighbours = List.of();

  /**
   * Another node, as a member of the cluster.
   *
   * @param address on the bus, of this process and none after it
   */
  record Neighbour(Node node, String address) {}

  /** What is told of a stay, on any thread. */
  interface Events {

    /** Somebody came or went. */
    void changed();

    /** This half of the cluster has been joined to another, and its subscriptions may be lost. */
    void merged();
  }

  private Session(Vertx vertx, HazelcastInstance hazelcast, String self) {
    this.vertx = vertx;
    this.hazelcast = hazelcast;
    this.self = self;
  }

  /** Joins the cluster, or founds it where nobody is there; completes on any thread. */
  static Future<Session> join(Seat seat, ClusterSecret secret, Events events) {
    var members = new HazelcastClusterManager(Membership.of(seat, secret));
    var options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(4)
            .setEventBusOptions(
                new EventBusOptions()
                    .setHost(seat.address())
                    .setPort(seat.busPort())
                    .setConnectTimeout(1000)
                    // Nodes ping each other every second; nobody else has business here.
                    .setIdleTimeout(30));
    return offAnyContext(
            () -> Vertx.builder().with(options).withClusterManager(members).buildClustered())
        .map(
            vertx -> {
              var session = new Session(vertx, members.getHazelcastInstance(), members.getNodeId());
              session.watch(events);
              return session;
            });
  }

  /** To begin takes a second, and makes threads that belong to no other Vert.x. */
  private static <T> Future<T> offAnyContext(Supplier<Future<T>> deed) {
    Promise<T> done = Promise.promise();
    Thread.ofPlatform()
        .name("join the cluster")
        .start(() -> Future.succeededFuture().compose(turn -> deed.get()).onComplete(done));
    return done.future();
  }

  private void watch(Events events) {
    hazelcast
        .getCluster()
        .addMembershipListener(
            new MembershipAdapter() {
              @Override
              public void memberAdded(MembershipEvent joined) {
                look(events);
              }

              @Override
              public void memberRemoved(MembershipEvent left) {
                look(events);
              }
            });
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleState.MERGED) {
                events.merged();
              }
            });
    look(events);
  }

  private void look(Events events) {
    neighbours =
        hazelcast.getCluster().getMembers().stream()
            .filter(member -> !member.localMember())
            .flatMap(Session::neighbour)
            .toList();
    events.changed();
  }

  /** A member that says nothing of itself is none of ours. */
  private static Stream<Neighbour> neighbour(Member member) {
    String name = member.getAttribute(Membership.NAME);
    String blobs = member.getAttribute(Membership.BLOBS);
    String address = member.getAttribute(BUS_ID);
    return Stream.of(name, blobs, address).allMatch(Objects::nonNull)
        ? Stream.of(new Neighbour(new Node(name, blobs), address))
        : Stream.empty();
  }

  /** The other members. */
  List<Neighbour> neighbours() {
    return neighbours;
  }

  /** This node's address on the bus. */
  String address() {
    return self;
  }

  /** What the bus of this stay runs on. */
  Vertx bus() {
    return vertx;
  }

  /** Answers what comes to this node's address. */
  Future<Void> listen(Consumer<Message<Buffer>> messages) {
    return vertx.eventBus().consumer(ON_BUS + self, messages::accept).completion();
  }

  @Override
  public Future<Buffer> request(String address, Buffer text, long millis) {
    return vertx
        .eventBus()
        .<Buffer>request(ON_BUS + address, text, new DeliveryOptions().setSendTimeout(millis))
        .map(Message::body);
  }

  /** Leaves, whatever state it is in; takes some seconds at most. */
  Future<Void> leave() {
    Promise<Void> left = Promise.promise();
    Thread.ofPlatform()
        .name("leave the cluster")
        .start(
            () -> {
              try {
                vertx
                    .close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
              } catch (Exception stuck) {
                if (stuck instanceof InterruptedException) {
                  Thread.currentThread().interrupt();
                }
                hazelcast.getLifecycleService().terminate();
              }
              left.complete();
            });
    return left.future();
  }
}
