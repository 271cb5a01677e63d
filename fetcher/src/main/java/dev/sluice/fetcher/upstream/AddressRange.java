package dev.sluice.fetcher.upstream;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param network the first of the block
 * @param bits how many leading bits the block shares: 0 to 32, or to 128 for IPv6
 */
public record AddressRange(InetAddress network, int bits) {

  /** Without zeros in front, which other readers take for octal. */
  private static final Pattern FOUR_NUMBERS =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  /**
   * Reads a block or a single address, without asking a name server; empty for anything else, or
   * with bits set beyond {@code bits}.
   */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> network = literal(slash < 0 ? text : text.substring(0, slash));
    if (network.isEmpty()) {
      return Optional.empty();
    }
    int width = width(network.get());
    String bits = slash < 0 ? Integer.toString(width) : text.substring(slash + 1);
    return Optional.of(bits)
        .filter(digits -> BITS.matcher(digits).matches())
        .map(Integer::valueOf)
        .filter(count -> count <= width)
        .map(count -> new AddressRange(network.get(), count))
        .filter(AddressRange::endsInZeros);
  }

  /** Reads an IPv4 or IPv6 address in its usual form, without brackets or zone. */
  public static Optional<InetAddress> literal(String text) {
    try {
      if (FOUR_NUMBERS.matcher(text).matches()) {
        return Optional.of(Inet4Address.ofLiteral(text));
      }
      return text.indexOf(':') >= 0 && text.indexOf('%') < 0
          ? Optional.of(Inet6Address.ofLiteral(text))
          : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Whether an address lies in this block; one of the other family never does. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    return ours.length == theirs.length
        && Arrays.equals(ours, 0, whole, theirs, 0, whole)
        && (rest == 0 || (ours[whole] ^ theirs[whole]) >> (Byte.SIZE - rest) == 0);
  }

  private boolean endsInZeros() {
    for (int i = bits; i < width(network); i++) {
      if (bit(network, i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int width(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }

  private static int bit(InetAddress address, int index) {
    byte holder = address.getAddress()[index / Byte.SIZE];
    return holder >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + '/' + bits;
  }
}
