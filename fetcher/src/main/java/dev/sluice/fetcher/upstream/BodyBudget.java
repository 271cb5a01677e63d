package dev.sluice.fetcher.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;

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

  /** Completes when so many bytes may be read; they must be given back. */
  Future<Void> take(long bytes) {
    if (line.isEmpty() && bytes <= left) {
      left -= bytes;
      return Future.succeededFuture();
    }
    Claim claim = new Claim(bytes, Promise.promise());
    line.add(claim);
    return claim.granted.future();
  }

  /** Gives bytes back that were taken. */
  void giveBack(long bytes) {
    left += bytes;
    while (!line.isEmpty() && line.peek().bytes <= left) {
      Claim next = line.remove();
      left -= next.bytes;
      next.granted.complete();
    }
  }
}
