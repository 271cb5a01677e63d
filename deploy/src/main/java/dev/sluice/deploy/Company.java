package dev.sluice.deploy;

import dev.sluice.deploy.cluster.Cluster;
import dev.sluice.deploy.cluster.Standing;
import dev.sluice.deploy.config.ClusterConfig;
import dev.sluice.deploy.config.Config;
import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.peers.Owners;
import dev.sluice.fetcher.pull.Peers;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import dev.sluice.storage.peer.BlobAnswers;
import dev.sluice.storage.peer.BlobServer;
import dev.sluice.storage.peer.HttpPeerBlobs;
import dev.sluice.storage.peer.PeerSecret;
import dev.sluice.storage.peer.PeerTimings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A node's dealings with the others: who they are, and what they get of this one. */
final class Company {

  /** Beside those of clients, so that other nodes do not wait behind those who read slowly. */
  private static final int EVENT_LOOPS = 2;

  /** Peers go on elsewhere when this node ends, so they are not waited for as clients are. */
  private static final BlobServer.Patience PATIENCE =
      new BlobServer.Patience(
          BlobServer.Patience.DEFAULT.proof(),
          BlobServer.Patience.DEFAULT.idle(),
          Duration.ofSeconds(1));

  private final Vertx internal = openInternal();
  private final Cluster cluster;
  private final HttpPeerBlobs peerBlobs;
  private final BlobAnswers answers;
  private final ClusterConfig config;

  private Company(Vertx vertx, ClusterConfig config, Blobs blobs, Clock clock) {
    this.config = config;
    cluster = new Cluster(vertx, config.seat(), config.secret(), clock);
    PeerSecret secret = new PeerSecret(config.secret().derive("blobs of peers"));
    peerBlobs = new HttpPeerBlobs(internal, secret, clock, PeerTimings.DEFAULT);
    answers = new BlobAnswers(blobs, secret, clock);
  }

  /** That of a node; empty for one on its own. */
  static Optional<Company> of(Config config, Vertx vertx, Blobs blobs, Clock clock) {
    return config.cluster().map(seat -> new Company(vertx, seat, blobs, clock));
  }

  private static Vertx openInternal() {
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(EVENT_LOOPS)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  /** The others. */
  Nodes nodes() {
    return cluster;
  }

  /**
   * The others, for the fetcher.
   *
   * @param nodes how it asks them, and is asked
   */
  Peers peers(Nodes nodes) {
    return new Peers(nodes, peerBlobs);
  }

  /** Whether this node is the one that fetches a blob, of all that live. */
  boolean owns(Digest digest) {
    return new Owners(cluster).isOurs(digest.toString());
  }

  /** Serves blobs to the others, and joins them. */
  Future<Void> open() {
    return internal
        .deployVerticle(
            () ->
                new BlobServer(
                    config.seat().address(), config.seat().blobPort(), answers, PATIENCE),
            new DeploymentOptions().setInstances(EVENT_LOOPS))
        .compose(listening -> cluster.join());
  }

  /** Shows how it stands with the others. */
  void show(NodeMetrics metrics) {
    metrics.loops().watch(internal, EVENT_LOOPS, "nodes");
    ClusterMeters meters = metrics.cluster();
    cluster.tell(meters);
    meters.watch(this);
  }

  /** How many bytes of blobs the others have got of this node. */
  long sentBytes() {
    return answers.sentBytes();
  }

  /** How many bytes of blobs this node has got of the others. */
  long receivedBytes() {
    return peerBlobs.receivedBytes();
  }

  /** How it stands with the others. */
  Standing standing() {
    return cluster.standing();
  }

  /** Tells the others not to ask this node any more. */
  void announceLeave() {
    cluster.announceLeave();
  }

  /** Leaves the others, once what they still get of this node has ended. */
  Future<Void> leave() {
    return cluster.leave().eventually(internal::close);
  }
}
