package dev.sluice.deploy.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An address to listen on.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostPort(String host, int port) {

  /** Reads {@code host:port} or {@code [IPv6]:port}; empty for anything else. */
  public static Optional<HostPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    Optional<Integer> port = Hosts.port(text.substring(colon + 1));
    return port.flatMap(p -> Hosts.host(text.substring(0, colon)).map(h -> new HostPort(h, p)));
  }

  /** Whether the host stands for every address of this machine. */
  public boolean isWildcard() {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  /** Whether both cannot be listened on at once. */
  boolean clashesWith(HostPort other) {
    boolean sameHost = isWildcard() || other.isWildcard() || isSameHost(other);
    return port != 0 && port == other.port && sameHost;
  }

  /** Names are compared as they are written, addresses by what they mean. */
  private boolean isSameHost(HostPort other) {
    Optional<InetAddress> address = Hosts.literal(host);
    return host.equalsIgnoreCase(other.host)
        || (address.isPresent() && address.equals(Hosts.literal(other.host)));
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
  }
}
