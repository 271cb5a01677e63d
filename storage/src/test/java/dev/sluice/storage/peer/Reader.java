package dev.sluice.storage.peer;

import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a stream on its context, and keeps no more than the digest of what came. */
final class Reader {

  private final PeerBlob blob;
  private final MessageDigest hasher = Algorithm.SHA256.hasher();
  private final Promise<Digest> done = Promise.promise();
  private final AtomicInteger count = new AtomicInteger();

  Reader(PeerBlob blob) {
    this.blob = blob;
    blob.source()
        .context()
        .runOnContext(
            turn -> {
              blob.source().bytes().exceptionHandler(done::tryFail);
              blob.source()
                  .bytes()
                  .endHandler(end -> done.tryComplete(Digest.of(Algorithm.SHA256, hasher)));
              blob.source().bytes().handler(this::take);
              blob.source().bytes().resume();
            });
  }

  private void take(Buffer bytes) {
    hasher.update(bytes.getBytes());
    count.addAndGet(bytes.length());
  }

  /** How many bytes came so far. */
  int count() {
    return count.get();
  }

  void pause() {
    blob.source().context().runOnContext(turn -> blob.source().bytes().pause());
  }

  void resume() {
    blob.source().context().runOnContext(turn -> blob.source().bytes().resume());
  }

  /** The digest of every byte, once the stream has ended well. */
  Future<Digest> all() {
    return done.future();
  }
}
