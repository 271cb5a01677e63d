package dev.sluice.deploy;

import dev.sluice.deploy.cluster.Seat;
import dev.sluice.deploy.config.ClusterConfig;
import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.HostPort;
import dev.sluice.deploy.tracing.Traces;
import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.Tracing;
import dev.sluice.fetcher.pull.FetchParts;
import dev.sluice.fetcher.pull.FetchVerticle;
import dev.sluice.fetcher.pull.Peers;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.RuleBook;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that a node is made of, put together by constructors alone; nothing of it listens yet. */
final class Assembly {

  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  private final Config config;
  private final HostPort listen;
  final Vertx vertx = openVertx();
  final NodeMetrics metrics;
  final Optional<Traces> traces;
  final Stores stores;
  final RuleBook rules;
  final Optional<Company> company;
  final FetchVerticle fetcher;
  final FrontDoor door;
  final Health health;
  private final AnswerMemory memory = new AnswerMemory();
  private volatile int managementPort;

  Assembly(Config config, HostPort listen, LiveAccess live, Clock clock) throws IOException {
    this.config = config;
    this.listen = listen;
    metrics = new NodeMetrics(clock);
    traces = config.tracing().endpoint().map(collector -> traces(config, collector, listen));
    Tracing tracing = traces.<Tracing>map(kept -> kept).orElse(Tracing.OFF);
    // First of all, while its loops are handed out to nobody else.
    metrics.loops().watch(vertx, VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE, "clients");
    NodeMetadata names = NodeMetadata.open(config, vertx, clock, metrics, heardHere());
    stores = Stores.open(config, names, new Bucket.Use(vertx, clock, this::owns));
    ClosedPrefixes closed =
        ClosedPrefixes.open(
            config.data(), config.prefixesForEverybody(), Thread::startVirtualThread);
    NameChanges published = names.published();
    rules =
        new RuleBook(
            config.fileRules(),
            new PublishedRules(stores.metadata().rules(), published),
            config::completed,
            table -> closed.close(table, names.closed()));
    company = Company.of(config, vertx, stores.blobs(), clock);
    Switchboard nodes = new Switchboard(company.map(Company::nodes).orElse(Nodes.ALONE));
    NameChanges changes = new Told(List.of(memory, published));
    fetcher =
        new FetchVerticle(
            new FetchParts(
                clock,
                rules::table,
                stores.forFetcher(),
                stores.blobs(),
                Outside.of(config, stores.metadata().rateLimits(), this::isOwnPort),
                changes,
                metrics.fetching(),
                company.map(with -> with.peers(nodes)).orElse(Peers.NONE),
                stores.archive(),
                tracing,
                stores.housekeeping(config)));
    company.ifPresent(with -> with.show(metrics));
    metrics.storage().watch(stores.disk(), stores.scrub());
    metrics
        .fetching()
        .fills()
        .watch(stores.blobs()::waiters, () -> fetcher.stillness().toMillis() / 1e3);
    health =
        new Health(
            new Health.Senses(
                () -> company.map(Company::standing),
                metrics.loops()::delay,
                fetcher::stillness,
                stores.disk()::trouble));
    metrics.watch(health);
    door =
        new FrontDoor(
            new FrontDoor.Parts(
                vertx,
                config,
                clock,
                stores,
                rules,
                new OpenRules(rules::table, closed),
                fetcher,
                memory,
                changes,
                metrics,
                tracing,
                nodes,
                new Condition(stores, health)::now),
            live,
            listen);
  }

  private static Traces traces(Config config, URI collector, HostPort listen) {
    String node = config.cluster().map(with -> with.seat().name()).orElseGet(listen::toString);
    return new Traces(collector, config.tracing().sample(), node, Version.number());
  }

  private static Vertx openVertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  /** Begins to hear of other nodes' changes; all that keeps answers does. */
  void hear() {
    stores.names().hear(new Told(List.of(fetcher.heard(), heardHere())));
  }

  /** What follows here from changes that were made elsewhere. */
  private NameChanges heardHere() {
    NameChanges refreshing =
        new NameChanges() {
          @Override
          public void rules() {
            // What is heard while the node is put together is seen when it is opened.
            Optional.ofNullable(rules)
                .map(RuleBook::refresh)
                .orElseGet(Future::succeededFuture)
                .onFailure(failure -> LOG.warn("rules were not taken up: {}", failure.toString()));
          }

          @Override
          public void everything() {
            rules();
          }
        };
    return new Told(List.of(memory, refreshing));
  }

  /** Says where the node is managed, once that is known. */
  void managedAt(int port) {
    managementPort = port;
  }

  /** Whether this node is the one that copies a blob into the bucket. */
  private boolean owns(Digest digest) {
    return company == null || company.isEmpty() || company.get().owns(digest);
  }

  /** No rule may lead back into the node. */
  private boolean isOwnPort(int asked) {
    return Stream.concat(
            Stream.of(listen.port(), managementPort),
            config.cluster().map(ClusterConfig::seat).stream().flatMap(Assembly::ports))
        .anyMatch(port -> port == asked);
  }

  private static Stream<Integer> ports(Seat seat) {
    return Stream.of(seat.membershipPort(), seat.busPort(), seat.blobPort());
  }
}
