package dev.sluice.gateway.console;

import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.gateway.Pull;
import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What a console tells of, as plain as can be. */
final class Samples {

  private static final SocketAddress HERE = SocketAddress.inetSocketAddress(1, "127.0.0.1");

  private Samples() {}

  /**
   * A hit of two bytes.
   *
   * @param at when it ended, in milliseconds since 1970
   */
  static Pull pull(long at, String principal, String repository, String tag) {
    RepositoryName name = new RepositoryName(repository);
    return new Pull(at, HERE, principal, "manifest", name, tag, 200, "hit", 2, 1, 0, 0, 0);
  }

  /** A half of ten bytes, which began two seconds ago and is read by three. */
  static FillUnderWay fill(Instant now, String rule, String repository) {
    return new FillUnderWay(
        LiveConsole.DIGEST,
        rule,
        new RepositoryName(repository),
        5,
        OptionalLong.of(10),
        now.minusSeconds(2),
        3,
        true);
  }

  /** So many of a hundred pulls are left. */
  static RateLimit left(Instant at, long remaining) {
    return new RateLimit(
        Optional.of(new Allowance(100, remaining, Duration.ofHours(6), at)),
        Instant.EPOCH,
        Instant.EPOCH,
        0);
  }
}
