package dev.sluice.gateway;

import io.vertx.core.net.KeyCertOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * The public port.
 *
 * @param certificate for TLS; empty for plain HTTP
 * @param proxyProtocol whether connections begin with a line of HAProxy's PROXY protocol, version 1
 *     or 2, which says who the client is; whoever reaches the port can say that
 */
public record Entrance(
    String host,
    int port,
    Optional<KeyCertOptions> certificate,
    boolean proxyProtocol,
    Limits limits) {

  /** A plain one, limited as usual. */
  public static Entrance plain(String host, int port) {
    return new Entrance(host, port, Optional.empty(), false, Limits.USUAL);
  }

  /**
   * What one connection, and one address, may take.
   *
   * @param headTime how long a new connection may take to send the head of its first request
   * @param connectionsPerAddress that are open at once; more are closed unread
   * @param requestsPerConnection after which the client has to connect anew
   */
  public record Limits(Duration headTime, int connectionsPerAddress, int requestsPerConnection) {

    /** For clients as they are, many of them perhaps behind one address. */
    public static final Limits USUAL = new Limits(Duration.ofSeconds(10), 10_000, 10_000);
  }
}
