package dev.sluice.gateway.live;

import dev.sluice.gateway.GatewayMetrics;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a gateway counts, in the order in which requests ended. */
public final class CountedRequests implements GatewayMetrics {

  private final BlockingQueue<Counted> ended = new LinkedBlockingQueue<>();

  /** One request that has ended. */
  public record Counted(String operation, int status, String cache, long bytes) {}

  @Override
  public void requestEnded(String operation, int status, String cache, long bytes, Duration took) {
    ended.add(new Counted(operation, status, cache, bytes));
  }

  /** The next request that ends, or has ended and was not asked for yet. */
  public Counted next() throws InterruptedException {
    Counted next = ended.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no request ended within 10 s");
    }
    return next;
  }
}
