package dev.sluice.fetcher.pull;

import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Reads what a peer sends into memory: a manifest. */
final class PeerBody {

  /** No manifest is larger: see {@link dev.sluice.fetcher.upstream.Upstream}. */
  private static final int MOST = 4 << 20;

  private PeerBody() {}

  /** The whole body; fails where it breaks off or is too large. */
  static Future<Buffer> read(PeerBlob blob) {
    if (blob.size().orElse(0) > MOST) {
      blob.discard().run();
      return Future.failedFuture("it is no manifest: " + blob.size().getAsLong() + " bytes");
    }
    Promise<Buffer> done = Promise.promise();
    Buffer body = Buffer.buffer();
    var bytes = blob.source().bytes();
    blob.source()
        .context()
        .runOnContext(
            turn -> {
              bytes.exceptionHandler(done::tryFail);
              bytes.endHandler(end -> done.tryComplete(body));
              bytes.handler(
                  part -> {
                    body.appendBuffer(part);
                    if (body.length() > MOST && done.tryFail("it is no manifest: too large")) {
                      blob.discard().run();
                    }
                  });
              bytes.resume();
            });
    return done.future();
  }
}
