package dev.sluice.gateway.ecr.rule;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A registry as {@code upstreamRegistryUrl} names it. Nothing here asks a name server.
 *
 * @param upstream host, and port where one was given
 * @param endpoint where it is asked in clear; empty: by {@code https}
 */
record UpstreamUrl(String upstream, Optional<URI> endpoint) {

  /** For the message to who gives another. */
  static final String CONSTRAINT =
      "must be a registry's host or host:port, such as registry-1.docker.io, without a path";

  private static final String LOCAL = "localhost";
  private static final int MAX_LENGTH = 255;
  private static final int MAX_PORT = 65_535;

  /** The host, IPv6 addresses in brackets, and perhaps the port. */
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\[\\]]*]|[^:\\[\\]]*)(:(?<port>[1-9][0-9]{0,4}))?");

  private static final Pattern LABELS =
      Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))*");

  /**
   * What some resolver reads as a number: {@code 2130706433}, {@code 0x7f000001}, {@code 127.1}.
   */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?[0-9][^.]*");

  /** Without zeros in front, which other readers take for octal. */
  private static final Pattern FOUR_NUMBERS =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /** Reads a URL's authority, before which a scheme may stand; empty for anything else. */
  static Optional<UpstreamUrl> parse(String text) {
    if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    String upstream = lower.replaceFirst("^https?://", "");
    var authority = AUTHORITY.matcher(upstream);
    if (!authority.matches()) {
      return Optional.empty();
    }
    String host = authority.group("host");
    Optional<InetAddress> literal = literal(host);
    Optional<Integer> port = Optional.ofNullable(authority.group("port")).map(Integer::valueOf);
    if (port.filter(number -> number > MAX_PORT).isPresent()
        || (literal.isEmpty() && !isName(host, port.isPresent()))) {
      return Optional.empty();
    }
    boolean isLocal =
        host.equals(LOCAL) || literal.filter(InetAddress::isLoopbackAddress).isPresent();
    boolean isPrivate = literal.filter(UpstreamUrl::isPrivate).isPresent();
    boolean isInClear =
        (isLocal && !lower.startsWith("https:")) || (isPrivate && lower.startsWith("http:"));
    return Optional.of(
        new UpstreamUrl(
            upstream,
            isInClear ? Optional.of(URI.create("http://" + upstream)) : Optional.empty()));
  }

  /** A name of one part may be anything, unless a port says that a server is meant. */
  private static boolean isName(String host, boolean hasPort) {
    return !NUMERIC.matcher(host).matches()
        && LABELS.matcher(host).matches()
        && (host.contains(".") || hasPort || host.equals(LOCAL));
  }

  /** An address in its usual form; one form only, so that all who read it mean the same. */
  private static Optional<InetAddress> literal(String host) {
    try {
      if (host.startsWith("[") && host.indexOf('%') < 0) {
        return Optional.of(Inet6Address.ofLiteral(host.substring(1, host.length() - 1)))
            .filter(Inet6Address.class::isInstance);
      }
      return FOUR_NUMBERS.matcher(host).matches()
          ? Optional.of(Inet4Address.ofLiteral(host))
          : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Of the ranges for use within a house: RFC 1918, and RFC 4193 for IPv6. */
  private static boolean isPrivate(InetAddress address) {
    return address.isSiteLocalAddress()
        || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc);
  }
}
