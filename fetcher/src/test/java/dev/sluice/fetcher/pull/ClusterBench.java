package dev.sluice.fetcher.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Tracing;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import dev.sluice.storage.Archive;
import dev.sluice.storage.Digest;
import dev.sluice.storage.peer.PeerTimings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three nodes in one process that have their metadata and their clock in common, and a fake
 * registry as the upstream of the rule {@code up}.
 */
final class ClusterBench implements AutoCloseable {

  /** Asks soon, and believes late: no slow machine looks like a silent peer. */
  static final PeerTimings PATIENT =
      new PeerTimings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(5));

  /** For tests of silence, which never ends by itself. */
  static final PeerTimings IMPATIENT =
      new PeerTimings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofMillis(500));

  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  final SettableClock clock = new SettableClock();
  final FakeRegistry registry = FakeRegistry.start(vertx);
  final Neighbourhood neighbourhood = new Neighbourhood(vertx);
  final BlobClient client = new BlobClient();
  final PeerTimings timings;
  final Archive archive;
  final Names names;
  final List<ClusterNode> nodes;

  private final EmbeddedMetadata metadata;
  private final Map<String, RuleTable> rules = new ConcurrentHashMap<>();

  /** With peers that are waited for. */
  ClusterBench(Path folder) {
    this(folder, PATIENT, Archive.NONE);
  }

  /** With an archive that the nodes have in common. */
  ClusterBench(Path folder, PeerTimings timings, Archive archive) {
    this.timings = timings;
    this.archive = archive;
    try {
      metadata = EmbeddedMetadata.open(folder.resolve("metadata"), clock, kind -> {});
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    names =
        new Names(
            metadata.repositories(), metadata.templates(), metadata.tags(), metadata.catalog());
    nodes =
        Stream.of("a", "b", "c")
            .map(name -> new ClusterNode(this, name, folder.resolve(name)))
            .toList();
    nodes.forEach(node -> node.changes.tell(new News(this, node)));
    use(rule("up", Bench.POLICIES));
  }

  /** What the fetcher of a node is made of. */
  FetchParts parts(ClusterNode node, Peers peers) {
    return new FetchParts(
        clock,
        () -> rules.getOrDefault(node.name, new RuleTable(List.of())),
        names,
        node.blobs,
        BenchOptions.plain().outside(metadata.rateLimits()),
        node.changes,
        node.fills,
        peers,
        archive,
        Tracing.OFF,
        Housekeeping.NONE);
  }

  /** A rule for the registry. */
  Rule rule(String prefix, Policies policies) {
    return RegistryRule.of(registry, prefix, policies, List.of());
  }

  /** The rules in force from now on, on all nodes. */
  void use(Rule... inForce) {
    nodes.forEach(node -> use(node, inForce));
  }

  /** The rules in force from now on, on one node. */
  void use(ClusterNode node, Rule... inForce) {
    rules.put(node.name, new RuleTable(List.of(inForce)));
  }

  /** The nodes in the order in which they own a key: the owner first. */
  List<ClusterNode> order(Object key) {
    return living()
        .sorted(Comparator.comparing(node -> node.owners.ahead(key.toString()).size()))
        .toList();
  }

  /** The nodes in the order in which they own a tag. */
  List<ClusterNode> order(String repository, String tag) {
    return order(new TagName(new RepositoryName(repository), new Tag(tag), 0));
  }

  /** Nobody sees this node; it sees all. */
  void hide(ClusterNode hidden) {
    nodes.stream()
        .filter(node -> node != hidden)
        .forEach(node -> neighbourhood.blind(node.name, Set.of(hidden.name)));
  }

  /** Nobody sees anybody. */
  void isolate() {
    for (ClusterNode node : nodes) {
      neighbourhood.blind(
          node.name,
          nodes.stream()
              .filter(other -> other != node)
              .map(other -> other.name)
              .collect(Collectors.toSet()));
    }
  }

  /** Everybody sees everybody. */
  void showAll() {
    living().forEach(node -> neighbourhood.blind(node.name, Set.of()));
  }

  /** Those that were not killed. */
  Stream<ClusterNode> living() {
    return nodes.stream().filter(node -> !node.isClosed());
  }

  /** Waits until all fills have ended. */
  void drain() {
    living().forEach(ClusterNode::drain);
  }

  /** Waits until every node has looked at what it was asked before, by the others too. */
  void settle() {
    living().forEach(ClusterNode::settle);
    living().forEach(ClusterNode::settle);
  }

  /** The body of a download that has come to its end, and is what was asked for. */
  static void assertWhole(End end, Digest digest) {
    assertThat(end)
        .isInstanceOfSatisfying(End.Whole.class, whole -> assertThat(whole.is(digest)).isTrue());
  }

  /** Each has a whole blob, and nothing half. */
  static void assertKept(List<ClusterNode> nodes, Digest digest) {
    for (ClusterNode node : nodes) {
      node.drain();
      assertThat(Content.of(node.store.read(digest)).digest(digest.algorithm())).isEqualTo(digest);
      assertThat(node.store.incomplete()).isEmpty();
    }
  }

  @Override
  public void close() {
    client.close();
    registry.close();
    nodes.forEach(ClusterNode::close);
    Answers.await(vertx.close());
    metadata.close();
  }
}
