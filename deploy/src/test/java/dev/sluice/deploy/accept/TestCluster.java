package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A cluster on this machine: a real Redis, some nodes, and HAProxy before them. */
final class TestCluster implements AutoCloseable {
  private static final Duration WHOLE_DEADLINE = Duration.ofSeconds(60);

  private final SharedRedis redis;
  private final List<SluiceNode> nodes = new ArrayList<>();
  private final List<NodeConfig> configs = new ArrayList<>();
  private final List<ClusterSeat> seats = new ArrayList<>();
  private HaProxy haProxy;

  private TestCluster(SharedRedis redis) {
    this.redis = redis;
  }

  /** Starts so many nodes at once, and waits until each of them hears all others. */
  static TestCluster start(Path folder, int count, RuleConfig... rules) throws Exception {
    return start(folder, count, SharedRedis.start(), rules);
  }

  /** The same with a Redis that is ended with the cluster. */
  static TestCluster start(Path folder, int count, SharedRedis redis, RuleConfig... rules)
      throws Exception {
    return start(folder, count, redis, "", rules);
  }

  /** The same with further lines of YAML for every node. */
  static TestCluster start(
      Path folder, int count, SharedRedis redis, String more, RuleConfig... rules)
      throws Exception {
    var cluster = new TestCluster(redis);
    try {
      Path secret =
          Files.writeString(folder.resolve("secret"), "only the nodes of this test know it");
      String key = EcrAdmin.yaml(folder);
      for (int i = 0; i < count; i++) {
        cluster.seats.add(ClusterSeat.free());
      }
      for (int i = 0; i < count; i++) {
        String seat = cluster.seats.get(i).yaml(cluster.seats, redis.yaml(), secret);
        cluster.configs.add(
            NodeConfig.of(folder.resolve("node-" + i), rules).withKey(key).with(seat + more));
      }
      cluster.startAll();
      cluster.haProxy = HaProxy.start(folder, cluster.configs);
      cluster.awaitWhole();
      return cluster;
    } catch (Throwable failed) {
      cluster.close();
      throw failed;
    }
  }

  /** Those that started are ended with the cluster, though others did not start. */
  private void startAll() {
    List<CompletableFuture<SluiceNode>> starting =
        configs.stream().map(config -> CompletableFuture.supplyAsync(() -> start(config))).toList();
    starting.forEach(
        node -> node.handle((started, failed) -> failed == null && nodes.add(started)).join());
    starting.forEach(CompletableFuture::join);
  }

  private static SluiceNode start(NodeConfig config) {
    try {
      return SluiceNode.startWithin(WHOLE_DEADLINE, config);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The port of the load balancer. */
  int port() {
    return haProxy.port();
  }

  SluiceNode node(int index) {
    return nodes.get(index);
  }

  List<SluiceNode> nodes() {
    return nodes;
  }

  ClusterSeat seat(int index) {
    return seats.get(index);
  }

  /** Ends a node as a power cut would. */
  void kill(int index) {
    nodes.get(index).killHard();
  }

  /** Starts a node again that has ended. */
  void restart(int index) {
    nodes.set(index, start(configs.get(index)));
  }

  /** Ends all nodes at once as a power cut would, loses their disks, and starts them again. */
  void loseDisks() throws Exception {
    nodes.forEach(SluiceNode::killHard);
    nodes.clear();
    for (NodeConfig config : configs) {
      Files.move(
          config.data(), config.data().resolveSibling(config.data().getFileName() + ".lost"));
    }
    startAll();
    awaitWhole();
  }

  /** Stops a node's process where it is, or lets it go on. */
  void freeze(int index, boolean frozen) throws IOException {
    nodes.get(index).process().freeze(frozen);
  }

  /** Waits until every node hears every other, and clients are sent to all. */
  void awaitWhole() throws Exception {
    for (SluiceNode node : nodes) {
      Await.until(
          "every other node is heard by " + node.registry(),
          WHOLE_DEADLINE,
          () -> node.metric("sluice_cluster_answering") == nodes.size() - 1);
    }
    try {
      Await.until("clients are sent to all", WHOLE_DEADLINE, () -> haProxy.ready() == nodes.size());
    } catch (AssertionError late) {
      throw new AssertionError(haProxy.output() + decisions(), late);
    }
  }

  /** What the nodes said, but for the requests. */
  String decisions() {
    StringBuilder said = new StringBuilder();
    for (SluiceNode node : nodes) {
      try {
        said.append("\n== ").append(node.registry()).append('\n');
        node.log()
            .lines()
            .filter(line -> !line.contains(" requests: "))
            .forEach(line -> said.append(line, 0, Math.min(400, line.length())).append('\n'));
      } catch (IOException unreadable) {
        said.append(unreadable);
      }
    }
    return said.toString();
  }

  @Override
  public void close() throws IOException {
    if (haProxy != null) {
      haProxy.close();
    }
    for (SluiceNode node : nodes) {
      if (node.process().isAlive()) {
        node.process().freeze(false);
        node.killHard();
      }
    }
    redis.servers().close();
  }
}
