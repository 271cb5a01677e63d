package dev.sluice.storage.peer;

import static dev.sluice.storage.peer.Waiting.get;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.HandFedStream;
import dev.sluice.storage.growing.LocalBlobs;
import dev.sluice.storage.growing.WatchedStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.Random;

/** A node with a store of its own, a server for its peers, and the way to theirs. */
final class PeerNode implements AutoCloseable {

  static final byte[] BYTES = new byte[3_000_000];

  static {
    new Random(1).nextBytes(BYTES);
  }

  static final Digest DIGEST = Digest.sha256(BYTES);
  static final OptionalLong SIZE = OptionalLong.of(BYTES.length);
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  static final PeerSecret SECRET =
      new PeerSecret("known to every node".getBytes(StandardCharsets.US_ASCII));

  /** Asks soon, and believes late: no slow machine looks like a silent peer. */
  static final PeerTimings SOON =
      new PeerTimings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofMillis(50),
          Duration.ofSeconds(5));

  static final BlobServer.Patience PATIENCE =
      new BlobServer.Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ZERO);

  final Vertx vertx = Vertx.vertx();
  final WatchedStore store;
  final LocalBlobs blobs;
  final HttpPeerBlobs peers;
  final HandFedStream upstream = new HandFedStream();
  private final BlobServer server;
  private boolean closed;

  PeerNode(Path root) throws Exception {
    this(root, PATIENCE);
  }

  PeerNode(Path root, BlobServer.Patience patience) throws Exception {
    store = new WatchedStore(DiskBlobStore.open(root));
    blobs = new LocalBlobs(store);
    peers = new HttpPeerBlobs(vertx, SECRET, CLOCK, SOON);
    server = new BlobServer("127.0.0.1", 0, new BlobAnswers(blobs, SECRET, CLOCK), patience);
    get(vertx.deployVerticle(server));
  }

  int port() {
    return server.port();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /** Begins to fill the blob here, from a stream that the test feeds. */
  Future<FillOutcome> fill(OptionalLong size) {
    Context context = ((VertxInternal) vertx).createEventLoopContext();
    return blobs.fill(DIGEST, size, new Source(upstream.on(context), context));
  }

  /** Stores the blob here. */
  void store() throws Exception {
    get(blobs.put(DIGEST, Buffer.buffer(BYTES)));
  }

  /** Opens the blob that a peer has. */
  Future<PeerBlob> open(PeerNode peer, long offset) {
    return peers.open(peer.address(), DIGEST, offset);
  }

  /** Ends at once, whatever is under way. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      vertx.close().toCompletionStage().toCompletableFuture().orTimeout(30, SECONDS).join();
      blobs.close();
    }
  }
}
