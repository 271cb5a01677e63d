package dev.sluice.storage.peer;

import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.LocalBlobs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How fast one blob goes from a node's disk to another's, both in this process; run by hand:
 *
 * <pre>java ... dev.sluice.storage.peer.PeerThroughput FOLDER [MIB] [ROUNDS]</pre>
 */
final class PeerThroughput {

  private static final PeerSecret SECRET = new PeerSecret(new byte[16]);

  private final Vertx has = vertx();
  private final Vertx wants = vertx();
  private final Path folder;
  private final long bytes;
  private Duration before = Duration.ZERO;

  private PeerThroughput(Path folder, long bytes) {
    this.folder = folder;
    this.bytes = bytes;
  }

  private static Vertx vertx() {
    return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  }

  public static void main(String[] args) throws Exception {
    long mib = args.length > 1 ? Long.parseLong(args[1]) : 1024;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    PeerThroughput measurement = new PeerThroughput(Path.of(args[0]), mib << 20);
    try {
      measurement.run(rounds);
    } finally {
      measurement.close();
    }
  }

  private void run(int rounds) throws Exception {
    System.out.println("native transport: " + wants.isNativeTransportEnabled());
    LocalBlobs source = new LocalBlobs(DiskBlobStore.open(folder.resolve("has")));
    BlobAnswers answers = new BlobAnswers(source, SECRET, Clock.systemUTC());
    BlobServer server = new BlobServer("127.0.0.1", 0, answers, BlobServer.Patience.DEFAULT);
    get(has.deployVerticle(server));
    Digest digest = blob(folder.resolve("has"));
    HttpPeerBlobs peers = new HttpPeerBlobs(wants, SECRET, Clock.systemUTC(), PeerTimings.DEFAULT);
    String peer = "127.0.0.1:" + server.port();
    for (int round = 0; round < rounds; round++) {
      long begun = System.nanoTime();
      get(drop(get(peers.open(peer, digest, 0)).source()));
      tell("discarded", begun);
    }
    fill(peers, peer, digest, rounds);
    source.close();
  }

  private void fill(HttpPeerBlobs peers, String peer, Digest digest, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      Path other = folder.resolve("wants" + round);
      try (LocalBlobs sink = new LocalBlobs(DiskBlobStore.open(other))) {
        long begun = System.nanoTime();
        PeerBlob blob = get(peers.open(peer, digest, 0));
        FillOutcome outcome = get(sink.fill(digest, blob.size(), blob.source()));
        tell("filled, " + outcome, begun);
        Files.delete(place(other, digest));
      }
    }
  }

  /** Writes a blob past the store, which would hash it once more. */
  private Digest blob(Path root) throws Exception {
    MessageDigest hasher = Algorithm.SHA256.hasher();
    Path file = root.resolve("new");
    try (var out =
        Files.newByteChannel(
            file, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
      byte[] piece = new byte[1 << 20];
      new Random(1).nextBytes(piece);
      for (long at = 0; at < bytes; at += piece.length) {
        ByteBuffer.wrap(piece).putLong(at);
        hasher.update(piece);
        out.write(ByteBuffer.wrap(piece));
      }
    }
    Digest digest = Digest.of(Algorithm.SHA256, hasher);
    Files.createDirectories(place(root, digest).getParent());
    Files.move(file, place(root, digest));
    return digest;
  }

  private static Path place(Path root, Digest digest) {
    return root.resolve("blobs/sha256/" + digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private static Future<Void> drop(Source source) {
    Promise<Void> done = Promise.promise();
    source
        .context()
        .runOnContext(
            turn -> {
              source.bytes().exceptionHandler(done::tryFail);
              source.bytes().endHandler(done::tryComplete);
              source.bytes().handler(bytes -> {});
              source.bytes().resume();
            });
    return done.future();
  }

  private void tell(String what, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    double busy = cpu.minus(before).toMillis() / 1e3;
    before = cpu;
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f MB/s, %.2f CPU-s/GB%n",
        what,
        bytes / seconds / 1e6,
        busy / bytes * 1e9);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
  }

  private void close() throws Exception {
    get(has.close());
    get(wants.close());
  }
}
