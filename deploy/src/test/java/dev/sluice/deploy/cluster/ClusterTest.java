package dev.sluice.deploy.cluster;

import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fetcher.Nodes.Node;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes' places in a cluster, in one process, over real sockets. */
class ClusterTest {
  private static final ClusterSecret SECRET = new ClusterSecret("known to the nodes of this test");
  private static final Buffer QUESTION = Buffer.buffer("where?");

  private final Vertx vertx = Vertx.vertx();
  private final List<Cluster> joined = new ArrayList<>();

  @AfterEach
  void leave() throws Exception {
    for (Cluster cluster : joined) {
      get(cluster.leave());
    }
    get(vertx.close());
  }

  @Test
  void nodesSeeEachOtherInOneOrderAndAskEachOther() throws Exception {
    List<Seat> seats = seats(3);
    List<Cluster> nodes = join(seats, SECRET);
    for (Cluster node : nodes) {
      until(() -> node.living().size() == 3);
      assertThat(node.living()).isEqualTo(nodes.getFirst().living());
      node.answerBy(question -> Future.succeededFuture(Buffer.buffer(node.self().name())));
    }
    Node third = nodes.get(2).self();
    assertThat(get(nodes.getFirst().ask(third, QUESTION))).hasToString(third.name());
    assertThat(third.blobs()).isEqualTo(seats.get(2).blobs());
  }

  @Test
  void anAnswerMayTakeLongerThanAnySilence() throws Exception {
    List<Cluster> nodes = pair();
    AtomicInteger asked = new AtomicInteger();
    Promise<Buffer> answer = Promise.promise();
    nodes
        .get(1)
        .answerBy(
            question -> {
              asked.incrementAndGet();
              return answer.future();
            });
    Future<Buffer> waiting = nodes.getFirst().ask(nodes.get(1).self(), QUESTION);
    vertx.setTimer(3_000, turn -> answer.complete(Buffer.buffer("here")));
    assertThat(get(waiting)).hasToString("here");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aQuestionThatFailsThereFailsHere() throws Exception {
    List<Cluster> nodes = pair();
    nodes.get(1).answerBy(question -> Future.failedFuture("no"));
    assertThatThrownBy(() -> get(nodes.getFirst().ask(nodes.get(1).self(), QUESTION)))
        .hasMessageContaining("does not answer such questions");
  }

  @Test
  void oneThatLeavesIsNotAskedFromThenOnAndGoneSoon() throws Exception {
    List<Cluster> nodes = pair();
    nodes.get(1).announceLeave();
    until(() -> nodes.getFirst().living().size() == 1);
    assertThat(nodes.getFirst().standing().members()).isEqualTo(2);
    get(nodes.get(1).leave());
    until(() -> nodes.getFirst().standing().members() == 1);
    assertThatThrownBy(() -> get(nodes.getFirst().ask(nodes.get(1).self(), QUESTION)))
        .hasMessageContaining("not there");
  }

  @Test
  void whoeverDoesNotKnowTheSecretStaysAlone() throws Exception {
    List<Seat> seats = seats(2);
    Cluster ours = join(seats.subList(0, 1), SECRET).getFirst();
    Cluster stranger =
        join(seats.subList(1, 2), new ClusterSecret("known to nobody of this test")).getFirst();
    assertThat(stranger.standing().members()).isOne();
    assertThat(ours.standing().members()).isOne();
  }

  private List<Cluster> pair() throws Exception {
    List<Cluster> nodes = join(seats(2), SECRET);
    for (Cluster node : nodes) {
      until(() -> node.living().size() == 2);
    }
    return nodes;
  }

  private List<Cluster> join(List<Seat> seats, ClusterSecret secret) throws Exception {
    List<Cluster> nodes = new ArrayList<>();
    for (Seat seat : seats) {
      Cluster cluster = new Cluster(vertx, seat, secret, Clock.systemUTC());
      joined.add(cluster);
      get(cluster.join());
      nodes.add(cluster);
    }
    return nodes;
  }

  private static List<Seat> seats(int count) throws IOException {
    Set<Integer> distinct = new LinkedHashSet<>();
    while (distinct.size() < 3 * count) {
      distinct.add(freePort());
    }
    List<Integer> ports = List.copyOf(distinct);
    List<String> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add("127.0.0.1:" + ports.get(3 * i));
    }
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seats.add(
          new Seat(
              "test",
              "127.0.0.1",
              ports.get(3 * i),
              ports.get(3 * i + 1),
              ports.get(3 * i + 2),
              members));
    }
    return seats;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
