package dev.sluice.fetcher.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Scheme, host and port of a URL (RFC 6454): who a request goes to, and whom a credential is for.
 *
 * @param host in lower case; an IPv6 address without brackets, a name without a dot at its end
 */
record Origin(boolean tls, String host, int port) {

  /**
   * Hosts that a resolver may read as a number: {@code 2130706433}, {@code 0x7f.1}, {@code 127.1}.
   */
  private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /** The origin of an absolute http or https URL; empty for anything else. */
  static Optional<Origin> of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    boolean isWeb = tls || scheme.equals("http");
    if (!isWeb || url.getHost() == null || url.getRawUserInfo() != null || url.getPort() > 65_535) {
      return Optional.empty();
    }
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    return host(url.getHost().toLowerCase(Locale.ROOT)).map(host -> new Origin(tls, host, port));
  }

  private static Optional<String> host(String text) {
    if (text.startsWith("[")) {
      String bare = text.substring(1, text.length() - 1);
      // A zone names an interface of ours, of which nobody outside can know.
      return bare.indexOf('%') < 0 ? Optional.of(bare) : Optional.empty();
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    boolean odd = NUMBER_AT_THE_END.matcher(name).matches() && !DOTTED_QUAD.matcher(name).matches();
    return odd ? Optional.empty() : Optional.of(name);
  }

  /** The host as it stands in a URL and in a {@code Host} header. */
  String urlHost() {
    return host.indexOf(':') >= 0 ? '[' + host + ']' : host;
  }

  /**
   * Whether a credential for this registry may be shown to a token service: the same host, or one
   * of the same registrable domain, and never in clear where the registry itself is not. A realm is
   * the upstream's word; followed blindly it hands the credential to anybody (CVE-2026-33540).
   */
  boolean mayTrustRealm(Origin realm) {
    return mayAskAnonymously(realm)
        && (realm.host.equals(host)
            || (!isAddress(host)
                && !isAddress(realm.host)
                && RegistrableDomain.of(host)
                    .filter(domain -> RegistrableDomain.of(realm.host).equals(Optional.of(domain)))
                    .isPresent()));
  }

  /** Whether a token service may be asked without a credential: any, but never in clear. */
  boolean mayAskAnonymously(Origin realm) {
    return realm.tls || !tls;
  }

  /** Whether a host is an IP address rather than a name. */
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || DOTTED_QUAD.matcher(host).matches();
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + urlHost() + ':' + port;
  }
}
