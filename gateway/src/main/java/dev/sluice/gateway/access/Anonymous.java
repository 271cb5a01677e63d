package dev.sluice.gateway.access;

/** Who may pull without showing who they are. */
public enum Anonymous {
  /** Nobody. */
  NONE,
  /** Whoever connects from a loopback address. */
  LOOPBACK,
  /** Everybody. */
  PULL;

  /**
   * Whether a client may pull.
   *
   * @param address of its end of the connection, as text
   */
  public boolean allows(String address) {
    return switch (this) {
      case NONE -> false;
      case PULL -> true;
      case LOOPBACK -> isLoopback(address);
    };
  }

  /** An IPv6 address may have its interface behind a percent sign. */
  private static boolean isLoopback(String address) {
    return address.startsWith("127.")
        || address.equals("::1")
        || address.equals("0:0:0:0:0:0:0:1")
        || address.startsWith("0:0:0:0:0:0:0:1%");
  }
}
