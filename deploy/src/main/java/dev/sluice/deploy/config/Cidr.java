package dev.sluice.deploy.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of addresses, such as {@code 10.0.0.0/8}.
 *
 * @param address the first of the block
 * @param bits how many leading bits the block shares: 0 to 32, or to 128 for IPv6
 */
public record Cidr(InetAddress address, int bits) {

  /**
   * Reads a block or a single address; empty for anything else, or with bits set beyond {@code
   * bits}.
   */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = Hosts.address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int width = address.get().getAddress().length * Byte.SIZE;
    Optional<Integer> bits = slash < 0 ? Optional.of(width) : Hosts.port(text.substring(slash + 1));
    return bits.filter(b -> b <= width)
        .map(b -> new Cidr(address.get(), b))
        .filter(Cidr::endsInZeros);
  }

  /** Whether an address lies in this block; never for one of the other family. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (bit(mine, i) != bit(theirs, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean endsInZeros() {
    byte[] bytes = address.getAddress();
    for (int i = bits; i < bytes.length * Byte.SIZE; i++) {
      if (bit(bytes, i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] bytes, int index) {
    return bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + '/' + bits;
  }
}
