package dev.sluice.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.storage.Digest;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Who was sent elsewhere for what a moment ago. Who comes back with the same question had no luck
 * there: clients ask for a blob once, or go on where they were cut.
 */
final class GivenLinks {

  /** As long as a link holds. */
  private static final Duration REMEMBERED = Duration.ofSeconds(60);

  private static final int MOST = 100_000;

  private final Cache<Given, Boolean> given;

  /**
   * @param question what else tells one question of a client from another: a hash, as clients send
   *     headers of any length
   */
  private record Given(String client, Digest digest, int question) {}

  GivenLinks(Clock clock) {
    given =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /** A client is sent elsewhere. */
  void give(Exchange exchange, Digest digest) {
    given.put(of(exchange, digest), true);
  }

  /** Whether this client was sent elsewhere with this very question. */
  boolean isBack(Exchange exchange, Digest digest) {
    return given.getIfPresent(of(exchange, digest)) != null;
  }

  private static Given of(Exchange exchange, Digest digest) {
    int question = Objects.hash(exchange.header("Range"), exchange.header("User-Agent"));
    return new Given(exchange.address(), digest, question);
  }
}
