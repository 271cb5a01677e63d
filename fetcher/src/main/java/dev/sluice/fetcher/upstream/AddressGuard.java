package dev.sluice.fetcher.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where we connect to. Public addresses, and of the private ones those that the operator listed: an
 * upstream's redirect, or a name server's answer, must not lead into the house. Never to this node
 * itself, whatever is listed: a rule that leads to us would be asked for ever.
 *
 * @param opened whether the operator listed a private address
 * @param ownPort whether this node listens on a port
 */
public record AddressGuard(Predicate<InetAddress> opened, IntPredicate ownPort) {

  /** IANA's special-purpose blocks (RFC 6890, RFC 6598, RFC 9637), besides Java's own. */
  private static final List<AddressRange> SPECIAL =
      ranges(
          "0.0.0.0/8",
          "100.64.0.0/10",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /** All that IANA has given out for public use; NAT64, ULA and their like lie beside it. */
  private static final AddressRange GLOBAL_UNICAST = ranges("2000::/3").getFirst();

  /** For a node that does not listen. */
  public AddressGuard(Predicate<InetAddress> opened) {
    this(opened, port -> false);
  }

  /** Whether an address may be connected to at all. */
  public boolean allows(InetAddress address) {
    if (isPrivate(address) && !opened.test(address)) {
      return false;
    }
    // A block that carries IPv4 addresses opens a way, and not also what lies at its end.
    return EmbeddedAddress.in(address).stream().allMatch(this::allows);
  }

  /**
   * What speaks against a connection.
   *
   * @return the end of a sentence that begins with the address; empty where it is allowed
   */
  Optional<String> objection(InetAddress address, int port) {
    if (ownPort.test(port) && isOwn(address)) {
      return Optional.of("is this node itself at port " + port + "; a rule cannot lead to it");
    }
    return allows(address)
        ? Optional.empty()
        : Optional.of("is private; upstreams.allowPrivate must list it");
  }

  private static boolean isOwn(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || hasInterface(address)
        || EmbeddedAddress.in(address).stream().anyMatch(AddressGuard::isOwn);
  }

  private static boolean hasInterface(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException unknown) {
      // Who cannot tell must not go there.
      return true;
    }
  }

  private static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet6Address && !GLOBAL_UNICAST.contains(address))
        || SPECIAL.stream().anyMatch(range -> range.contains(address));
  }

  private static List<AddressRange> ranges(String... blocks) {
    return Stream.of(blocks).map(AddressRange::parse).map(Optional::orElseThrow).toList();
  }
}
