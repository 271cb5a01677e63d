package dev.sluice.gateway.access;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What one client can be told from another by, when each shall have only so much. */
public final class ClientNetwork {

  /** Of 8: one client has all the rest of an IPv6 address for itself. */
  private static final int GROUPS = 4;

  private ClientNetwork() {}

  /** An IPv4 address as it is, and the first 64 bits of an IPv6 address. */
  public static String of(String address) {
    return address.indexOf(':') < 0
        ? address
        : Arrays.stream(address.split(":", -1)).limit(GROUPS).collect(Collectors.joining(":"));
  }
}
