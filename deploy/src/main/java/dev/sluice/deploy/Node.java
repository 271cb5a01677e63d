package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.HostPort;
import dev.sluice.fetcher.pull.FetchVerticle;
import dev.sluice.fetcher.pull.Peers;
import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.metadata.RuleBook;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: everything built by constructor, in order, and closed in reverse. */
final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private static final long START_SECONDS = 30;

  /** A drain may take 30 s: clients get 20 of them, at the gateway, and fills these. */
  private static final long FILL_SECONDS = 5;

  private final Vertx vertx;
  private final HostPort listen;
  private final Stores stores;
  private final RuleBook rules;
  private final LiveAccess live;
  private final FetchVerticle fetcher;
  private final Management management;
  private final FrontDoor door;
  private String gateway;
  private volatile int managementPort;
  private volatile boolean ready;

  private Node(Config config, HostPort listen, LiveAccess live, Clock clock) throws IOException {
    this.listen = listen;
    this.live = live;
    NodeMetrics metrics = new NodeMetrics(clock);
    stores = Stores.open(config.data(), clock, metrics::undecodableRecord);
    vertx = openVertx();
    ClosedPrefixes closed =
        ClosedPrefixes.open(
            config.data(), config.prefixesForEverybody(), Thread::startVirtualThread);
    rules =
        new RuleBook(
            config.fileRules(), stores.metadata().rules(), config::completed, closed::close);
    OpenRules open = new OpenRules(rules::table, closed);
    AnswerMemory memory = new AnswerMemory();
    fetcher =
        new FetchVerticle(
            new FetchVerticle.Parts(
                clock,
                rules::table,
                stores.names(),
                stores.blobs(),
                Outside.of(config, stores.metadata().rateLimits(), this::isOwnPort),
                memory,
                metrics.fetching(),
                Peers.NONE));
    management = new Management(vertx, metrics::scrape, this::notReadyBecause);
    door =
        new FrontDoor(
            new FrontDoor.Parts(
                vertx, config, clock, stores, rules, open, fetcher, memory, metrics),
            live,
            listen);
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

  private boolean isOwnPort(int asked) {
    return asked == listen.port() || asked == managementPort;
  }

  /**
   * Starts a node, which answers when this returns.
   *
   * @param live what the operator grants from then on
   * @throws StartFailure where the machine does not allow it
   */
  static Node start(Config config, LiveAccess live, Clock clock) throws StartFailure {
    HostPort listen = ListenPort.chosen(config.listen());
    Node node;
    try {
      node = new Node(config, listen, live, clock);
    } catch (IOException | RuntimeException unusable) {
      throw new StartFailure(
          "cannot use the data folder " + config.data() + ": " + unusable.getMessage(), unusable);
    }
    try {
      node.open(config);
      return node;
    } catch (StartFailure failure) {
      node.close();
      throw failure;
    }
  }

  private void open(Config config) throws StartFailure {
    live.watch(vertx);
    await("put the rules into force", rules.refresh());
    await(
        "start the fetcher",
        vertx.deployVerticle(
            fetcher, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
    await("start the ECR API", door.open());
    HostPort internal = config.management();
    managementPort =
        await(
                "listen on " + internal + " (management)",
                management.listen(internal.host(), internal.port()))
            .actualPort();
    gateway =
        await(
            "listen on " + listen,
            vertx.deployVerticle(
                () -> new GatewayVerticle(listen.host(), listen.port(), door::answer),
                new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE)));
    ready = true;
  }

  /** Empty when clients may be sent here. */
  private Optional<String> notReadyBecause() {
    if (!ready) {
      return Optional.of("draining");
    }
    return stores.disk().isWritable()
        ? Optional.empty()
        : Optional.of("cannot write to the data folder");
  }

  /** The public port. */
  int port() {
    return listen.port();
  }

  private static <T> T await(String deed, Future<T> future) throws StartFailure {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw new StartFailure("cannot " + deed + ": " + failure.getCause().getMessage(), failure);
    } catch (TimeoutException late) {
      throw new StartFailure("cannot " + deed + " within " + START_SECONDS + " s", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartFailure("was stopped while starting", stopped);
    }
  }

  /**
   * Drains: readiness off, no new connections, answers and fills under way to their end for as long
   * as there is time; then closes everything.
   */
  @Override
  public void close() {
    ready = false;
    try {
      if (gateway != null) {
        LOG.info("draining: answers and fills under way are finished first");
        await("drain the gateway", vertx.undeploy(gateway));
        await("finish the fills", fetcher.drained().timeout(FILL_SECONDS, TimeUnit.SECONDS));
      }
    } catch (StartFailure late) {
      LOG.warn("{}; what is unfinished is fetched again when it is asked for", late.getMessage());
    }
    try {
      await("close the event loops", vertx.close());
    } catch (StartFailure stuck) {
      LOG.warn("{}", stuck.getMessage());
    }
    stores.close();
  }
}
