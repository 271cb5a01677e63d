package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;

import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.peers.Owners;
import dev.sluice.storage.Digest;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.LocalBlobs;
import dev.sluice.storage.peer.BlobAnswers;
import dev.sluice.storage.peer.BlobServer;
import dev.sluice.storage.peer.HttpPeerBlobs;
import dev.sluice.storage.peer.PeerSecret;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A node of a {@link ClusterBench}: a fetcher with a store, and a blob server, of its own. */
final class ClusterNode implements Downloads {

  private static final PeerSecret SECRET =
      new PeerSecret("known to every node".getBytes(StandardCharsets.US_ASCII));

  private static final BlobServer.Patience PATIENCE =
      new BlobServer.Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ZERO);

  final String name;
  final StoreFolder store;
  final FullStore disk;
  final LocalBlobs blobs;
  final FetchVerticle fetcher;
  final Wire wire;
  final Owners owners;
  final NamesChanged changes = new NamesChanged();
  final FillCount fills = new FillCount();

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final ClusterBench bench;
  private final BlobFront front;
  private boolean closed;

  ClusterNode(ClusterBench bench, String name, Path folder) {
    this.bench = bench;
    this.name = name;
    store = new StoreFolder(folder);
    try {
      disk = new FullStore(DiskBlobStore.open(folder));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    blobs = new LocalBlobs(disk);
    var answers = new BlobAnswers(blobs, SECRET, bench.clock);
    BlobServer server = new BlobServer("127.0.0.1", 0, answers, PATIENCE);
    await(vertx.deployVerticle(server));
    wire = new Wire(bench.vertx, server::port);
    await(wire.open());
    Nodes nodes = bench.neighbourhood.moveIn(new Node(name, wire.address()));
    owners = new Owners(nodes);
    var peerBlobs = new HttpPeerBlobs(vertx, SECRET, bench.clock, bench.timings);
    fetcher = new FetchVerticle(bench.parts(this, new Peers(nodes, peerBlobs)));
    var onVirtualThread = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    await(vertx.deployVerticle(fetcher, onVirtualThread));
    front = new BlobFront(vertx, fetcher, blobs);
    await(front.listen());
  }

  @Override
  public FetchVerticle fetcher() {
    return fetcher;
  }

  @Override
  public BlobFront front() {
    return front;
  }

  @Override
  public BlobClient client() {
    return bench.client;
  }

  /** Waits until all its fills have ended. */
  void drain() {
    await(fetcher.drained());
  }

  /** Whether it has a whole blob. */
  boolean has(Digest digest) {
    return store.blobs().contains(digest.hex());
  }

  /** It is killed: whatever it was doing is not done. */
  void kill() {
    bench.neighbourhood.remove(name);
    close();
  }

  /** It answers nothing any more, and nobody is told. */
  void fallSilent() {
    bench.neighbourhood.silence(name);
    wire.die();
  }

  void close() {
    if (!closed) {
      closed = true;
      await(wire.cut());
      await(vertx.close());
      blobs.close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String toString() {
    return name;
  }
}
