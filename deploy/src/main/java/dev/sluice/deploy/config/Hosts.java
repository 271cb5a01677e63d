package dev.sluice.deploy.config;

import dev.sluice.fetcher.upstream.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of host names, addresses and ports; nothing here asks a name server. */
final class Hosts {

  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final Pattern LABELS =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  /**
   * What some resolver reads as a number: {@code 2130706433}, {@code 0x7f000001}, {@code 127.1}.
   */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?[0-9][^.]*|");

  private static final int MAX_NAME = 253;

  private Hosts() {}

  static Optional<Integer> port(String text) {
    return PORT.matcher(text).matches()
        ? Optional.of(Integer.valueOf(text)).filter(port -> port <= 65_535)
        : Optional.empty();
  }

  /** Reads a name, an IPv4 address or an IPv6 address in brackets; the answer has no brackets. */
  static Optional<String> host(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      String inside = text.substring(1, text.length() - 1);
      return AddressRange.literal(inside).filter(Inet6Address.class::isInstance).map(_ -> inside);
    }
    if (NUMERIC.matcher(text).matches()) {
      return AddressRange.literal(text).map(_ -> text);
    }
    return text.length() <= MAX_NAME && LABELS.matcher(text).matches()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The address that a URL's host is, without asking a name server; empty for other names. */
  static Optional<InetAddress> literal(String urlHost) {
    String host = urlHost.startsWith("[") ? urlHost.substring(1, urlHost.length() - 1) : urlHost;
    return host.equals("localhost")
        ? Optional.of(InetAddress.getLoopbackAddress())
        : AddressRange.literal(host);
  }

  /** Whether a URL's host is this machine by its very name or address. */
  static boolean isLoopback(String urlHost) {
    return literal(urlHost).filter(InetAddress::isLoopbackAddress).isPresent();
  }
}
