package dev.sluice.fetcher.fake;

import io.vertx.core.net.KeyCertOptions;
import java.time.Clock;
import java.util.Optional;

/**
 * What is fixed when a fake starts.
 *
 * @param clock by which tokens expire
 * @param certificate with which all its ports speak TLS; plain HTTP without
 */
public record FakeOptions(Clock clock, Optional<KeyCertOptions> certificate) {

  /** The system's clock and plain HTTP. */
  public static FakeOptions plain() {
    return new FakeOptions(Clock.systemUTC(), Optional.empty());
  }

  /** With this clock. */
  public FakeOptions clock(Clock other) {
    return new FakeOptions(other, certificate);
  }

  /** With TLS. */
  public FakeOptions tls(KeyCertOptions key) {
    return new FakeOptions(clock, Optional.of(key));
  }
}
