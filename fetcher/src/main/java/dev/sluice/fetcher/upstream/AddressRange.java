package dev.sluice.fetcher.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A block of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param bits how many leading bits count
 */
public record AddressRange(InetAddress network, int bits) {

  /** Reads an address, or an address with a prefix length; empty where it is neither. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!Origin.isAddress(address) || address.isEmpty()) {
      return Optional.empty();
    }
    try {
      InetAddress network = InetAddress.getByName(address);
      int width = network.getAddress().length * Byte.SIZE;
      int bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > width
          ? Optional.empty()
          : Optional.of(new AddressRange(network, bits));
    } catch (UnknownHostException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  /** Whether an address lies in this block; addresses of the other family never do. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      int at = bit / Byte.SIZE;
      if ((ours[at] & mask) != (theirs[at] & mask)) {
        return false;
      }
    }
    return true;
  }
}
