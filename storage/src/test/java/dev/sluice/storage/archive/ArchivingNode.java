package dev.sluice.storage.archive;

import static dev.sluice.storage.peer.Waiting.get;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.HandFedStream;
import dev.sluice.storage.growing.LocalBlobs;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;

/** The store of a node on its disk, what comes to which is copied into an archive. */
final class ArchivingNode {

  static final byte[] BYTES = new byte[2_000_000];

  static {
    new Random(3).nextBytes(BYTES);
  }

  static final Digest DIGEST = Digest.sha256(BYTES);

  final DiskBlobStore disk;
  final Copies copies;
  final LocalBlobs blobs;
  private final Vertx vertx = Vertx.vertx();
  private final WatchedArchive archive;

  /**
   * @param isOurs which digests this node copies as they come; the others are another node's
   */
  ArchivingNode(Path root, WatchedArchive archive, Predicate<Digest> isOurs) throws IOException {
    this.archive = archive;
    disk = DiskBlobStore.open(root);
    copies = copies(disk, archive, isOurs);
    blobs = new LocalBlobs(disk, copies);
  }

  static Copies copies(BlobStore from, WatchedArchive to, Predicate<Digest> isOurs) {
    return new Copies(from, to, new Presence(to, Clock.systemUTC()), isOurs);
  }

  Future<FillOutcome> fill(HandFedStream stream, Digest digest, OptionalLong size) {
    Context context = vertx.getOrCreateContext();
    return blobs.fill(digest, size, new Source(stream.on(context), context));
  }

  void close() throws Exception {
    archive.letGo();
    copies.close();
    blobs.close();
    get(vertx.close());
  }
}
