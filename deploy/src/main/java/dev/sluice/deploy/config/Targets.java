package dev.sluice.deploy.config;

import dev.sluice.fetcher.upstream.AddressRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The values that point elsewhere: URLs, registries, files. */
final class Targets {

  static final Form<URI> URL =
      new Form<>(
          "a URL of a server",
          "http:// or https://, a host and perhaps a port, without path, query or user",
          Targets::url);
  static final Form<String> UPSTREAM =
      new Form<>(
          "a registry's host",
          "host or host:port, such as registry-1.docker.io, without https:// and path",
          Targets::upstream);
  static final Form<String> CREDENTIAL =
      new Form<>(
          "the name of a credential",
          "a relative file name under secrets.dir, such as ecr-pullthroughcache/docker-hub,"
              + " without ..",
          Targets::credential);

  static final Form<String> TOKEN_REALM =
      new Form<>(
          "a token server's host",
          "host or host:port, such as auth.example.com, without https:// and path",
          Targets::upstream);

  static final Form<AddressRange> ADDRESSES =
      new Form<>(
          "a block of addresses",
          "an address or CIDR block, such as 10.0.0.0/8 or fd00::/8, with no bit set beyond its"
              + " length",
          AddressRange::parse);

  private static final Pattern NAME_PART = Pattern.compile("[A-Za-z0-9_+=.@-]{1,128}");
  private static final Set<String> UP_OR_HERE = Set.of(".", "..");

  private Targets() {}

  /** A path, where {@code ~} stands for a home folder. */
  static Form<Path> path(Path home) {
    return new Form<>("a path", "a path, ~ for the home folder", text -> path(text, home));
  }

  private static Optional<Path> path(String text, Path home) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.equals("~") || text.startsWith("~/")
              ? home.resolve(text.substring(Math.min(2, text.length())))
              : Path.of(text));
    } catch (InvalidPathException withNul) {
      return Optional.empty();
    }
  }

  private static Optional<URI> url(String text) {
    try {
      URI uri = new URI(text);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean isBare =
          uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      boolean hasNoPath = "".equals(uri.getRawPath()) || "/".equals(uri.getRawPath());
      boolean hasServer = uri.getHost() != null && uri.getPort() <= 65_535 && uri.getPort() != 0;
      return isWeb && isBare && hasNoPath && hasServer
          ? Optional.of(URI.create(uri.getScheme() + "://" + uri.getRawAuthority()))
          : Optional.empty();
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  private static Optional<String> upstream(String text) {
    boolean hasPort = HostPort.parse(text).filter(address -> address.port() > 0).isPresent();
    return hasPort || Hosts.host(text).isPresent()
        ? Optional.of(text.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static Optional<String> credential(String text) {
    for (String part : text.split("/", -1)) {
      if (UP_OR_HERE.contains(part) || !NAME_PART.matcher(part).matches()) {
        return Optional.empty();
      }
    }
    return Optional.of(text);
  }
}
