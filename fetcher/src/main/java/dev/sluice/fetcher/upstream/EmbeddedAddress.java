package dev.sluice.fetcher.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * The IPv4 addresses inside IPv6 ones: a packet to {@code 64:ff9b::7f00:1} may arrive at {@code
 * 127.0.0.1}. Mapped addresses ({@code ::ffff:127.0.0.1}) are IPv4 to Java from the beginning.
 */
final class EmbeddedAddress {

  /** IPv4-compatible (RFC 4291), IPv4-translated (RFC 2765), NAT64 (RFC 6052): the last 4 bytes. */
  private static final List<AddressRange> AT_THE_END =
      List.of(range("::/96"), range("::ffff:0:0:0/96"), range("64:ff9b::/96"));

  /** 6to4 (RFC 3056): the bytes behind the first two. */
  private static final AddressRange SIX_TO_FOUR = range("2002::/16");

  /** Teredo (RFC 4380): the server, and at the end the client with every bit turned. */
  private static final AddressRange TEREDO = range("2001::/32");

  private EmbeddedAddress() {}

  /** The IPv4 addresses that an address carries; none for most. */
  static List<InetAddress> in(InetAddress address) {
    if (!(address instanceof Inet6Address)
        || address.isLoopbackAddress()
        || address.isAnyLocalAddress()) {
      return List.of();
    }
    byte[] bytes = address.getAddress();
    if (SIX_TO_FOUR.contains(address)) {
      return List.of(four(bytes, 2, 0));
    }
    if (TEREDO.contains(address)) {
      return List.of(four(bytes, 4, 0), four(bytes, 12, 0xff));
    }
    return AT_THE_END.stream().anyMatch(block -> block.contains(address))
        ? List.of(four(bytes, 12, 0))
        : List.of();
  }

  private static InetAddress four(byte[] bytes, int from, int mask) {
    byte[] four = new byte[4];
    for (int i = 0; i < four.length; i++) {
      four[i] = (byte) (bytes[from + i] ^ mask);
    }
    try {
      return InetAddress.getByAddress(four);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static AddressRange range(String block) {
    return Optional.of(block).flatMap(AddressRange::parse).orElseThrow();
  }
}
