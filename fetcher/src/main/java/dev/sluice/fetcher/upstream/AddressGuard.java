package dev.sluice.fetcher.upstream;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which addresses we connect to. Public ones, and of the private ones those that the operator
 * listed: an upstream's redirect, or a name server's answer, must not lead into the house.
 *
 * @param opened whether the operator listed a private address
 */
public record AddressGuard(Predicate<InetAddress> opened) {

  /** IANA's special-purpose blocks (RFC 6890, RFC 6598, RFC 6052, RFC 3056), besides Java's own. */
  private static final List<AddressRange> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "100.64.0.0/10",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "240.0.0.0/4",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "fc00::/7")
          .map(AddressRange::parse)
          .map(Optional::orElseThrow)
          .toList();

  /** Whether a connection to this address is allowed. */
  public boolean allows(InetAddress address) {
    return !isPrivate(address) || opened.test(address);
  }

  private static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || SPECIAL.stream().anyMatch(range -> range.contains(address));
  }
}
