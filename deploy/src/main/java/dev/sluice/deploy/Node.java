package dev.sluice.deploy;

import dev.sluice.deploy.Health.Phase;
import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.HostPort;
import dev.sluice.deploy.logging.Levels;
import dev.sluice.deploy.tracing.Traces;
import dev.sluice.gateway.access.Anonymous;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: what it is made of, opened in order, and closed in reverse. */
final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private static final long START_SECONDS = 30;

  /** Several nodes that start at once on a busy machine sort out who is first. */
  private static final long JOIN_SECONDS = 90;

  /** A drain may take 30 s: clients get 20 of them, at the gateway, and fills these. */
  private static final long FILL_SECONDS = 3;

  /** As long a load balancer that asks every second may take to send no more clients here. */
  private static final long HANDOVER_SECONDS = 3;

  private final HostPort listen;
  private final LiveAccess live;
  private final Assembly parts;
  private final Management management;
  private DiskCare care;
  private String gateway;

  private Node(HostPort listen, LiveAccess live, Assembly parts) {
    this.listen = listen;
    this.live = live;
    this.parts = parts;
    management =
        new Management(
            parts.vertx,
            parts.metrics::scrape,
            parts.health::checks,
            new LogPath(new Levels(), Anonymous.LOOPBACK::allows));
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
      node = new Node(listen, live, new Assembly(config, listen, live, clock));
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
    live.watch(parts.vertx);
    await("put the rules into force", parts.rules.refresh());
    await(
        "start the fetcher",
        parts.vertx.deployVerticle(
            parts.fetcher,
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
    await("start the ECR API", parts.door.open());
    if (parts.company.isPresent()) {
      await("join the cluster", parts.company.get().open(), JOIN_SECONDS);
    }
    parts.hear();
    parts.stores.bucket().ifPresent(Bucket::open);
    HostPort internal = config.management();
    parts.managedAt(
        await(
                "listen on " + internal + " (management)",
                management.listen(internal.host(), internal.port()))
            .actualPort());
    care = DiskCare.begin(parts.stores.disk(), parts.stores.scrub());
    PublicPort open = new PublicPort(listen, config.door(), parts.vertx);
    gateway = await("listen on " + listen, open.listen(parts.door::answer));
    parts.health.turns(Phase.SERVING);
  }

  /** The public port. */
  int port() {
    return listen.port();
  }

  private static <T> T await(String deed, Future<T> future) throws StartFailure {
    return await(deed, future, START_SECONDS);
  }

  private static <T> T await(String deed, Future<T> future, long seconds) throws StartFailure {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw new StartFailure("cannot " + deed + ": " + failure.getCause().getMessage(), failure);
    } catch (TimeoutException late) {
      throw new StartFailure("cannot " + deed + " within " + seconds + " s", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartFailure("was stopped while starting", stopped);
    }
  }

  /**
   * Drains: readiness off, no new connections, answers and fills under way to their end for as long
   * as there is time; then closes everything. In a cluster the others take over what this node
   * owns, and the load balancer is given a moment to look elsewhere.
   */
  @Override
  public void close() {
    boolean wasServing = parts.health.isServing();
    parts.health.turns(Phase.DRAINING);
    try {
      if (gateway != null) {
        LOG.info("draining: answers and fills under way are finished first");
        if (wasServing && parts.company.isPresent()) {
          parts.company.get().announceLeave();
          await("wait", parts.vertx.timer(HANDOVER_SECONDS, TimeUnit.SECONDS));
        }
        parts.door.close();
        await("drain the gateway", parts.vertx.undeploy(gateway));
        await("finish the fills", parts.fetcher.drained().timeout(FILL_SECONDS, TimeUnit.SECONDS));
      }
    } catch (StartFailure late) {
      LOG.warn("{}; what is unfinished is fetched again when it is asked for", late.getMessage());
    }
    try {
      if (parts.company.isPresent()) {
        await("leave the cluster", parts.company.get().leave());
      }
      await("close the event loops", parts.vertx.close());
    } catch (StartFailure stuck) {
      LOG.warn("{}", stuck.getMessage());
    }
    if (care != null) {
      care.close();
    }
    parts.stores.close();
    parts.traces.ifPresent(Traces::close);
  }
}
