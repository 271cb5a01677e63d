package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;

/**
 * How many bytes of one upstream's manifests and tag lists may be in memory at once, whatever it
 * sends and however many clients ask. Who comes when it is used up waits in line. Confined to one
 * context.
 */
final class BodyBudget {

  private final Queue<Claim> line = new ArrayDeque<>();
  private long left;

  private record Claim(long bytes, Promise<Void> granted) {}

  BodyBudget(long bytes) {
    left = bytes;
  }

  /**
   * Reads a body into memory and makes of it what is asked for.
   *
   * @param cap the most bytes that it may have
   */
  <T> UpstreamAnswer<T> read(
      UpstreamResponse response, int cap, Function<Buffer, UpstreamAnswer<T>> use) {
    long claim = Math.min(cap, response.contentLength().orElse(cap));
    take(claim).await();
    try {
      return response
          .body(cap)
          .<UpstreamAnswer<Buffer>>map(Got::new)
          .otherwise(
              cut ->
                  cut instanceof UpstreamResponse.TooLong
                      ? new Trouble<>(cut.getMessage())
                      : Down.of("its answer broke off: ", cut))
          .await()
          .then(use);
    } finally {
      giveBack(claim);
    }
  }

  /** Completes when so many bytes may be read; they must be given back. */
  private Future<Void> take(long bytes) {
    if (line.isEmpty() && bytes <= left) {
      left -= bytes;
      return Future.succeededFuture();
    }
    Claim claim = new Claim(bytes, Promise.promise());
    line.add(claim);
    return claim.granted.future();
  }

  /** Gives bytes back that were taken. */
  private void giveBack(long bytes) {
    left += bytes;
    while (!line.isEmpty() && line.peek().bytes <= left) {
      Claim next = line.remove();
      left -= next.bytes;
      next.granted.complete();
    }
  }
}
