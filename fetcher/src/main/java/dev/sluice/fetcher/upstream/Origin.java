package dev.sluice.fetcher.upstream;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Scheme, host and port of a URL (RFC 6454): who a request goes to, and whom a credential is for.
 *
 * @param host in lower case; an IPv6 address without brackets
 */
record Origin(boolean tls, String host, int port) {

  /** The origin of an absolute http or https URL; empty for anything else. */
  static Optional<Origin> of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (url.getHost() == null || url.getUserInfo() != null || (!tls && !scheme.equals("http"))) {
      return Optional.empty();
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    return port > 65_535 ? Optional.empty() : Optional.of(new Origin(tls, bare, port));
  }

  /**
   * Whether a credential for this registry may be shown to a token service: the same host, or one
   * of the same registrable domain, and never in clear where the registry itself is not. A realm is
   * the upstream's word; followed blindly it hands the credential to anybody (CVE-2026-33540).
   */
  boolean mayTrustRealm(Origin realm) {
    if (!mayAskAnonymously(realm)) {
      return false;
    }
    return realm.host.equals(host)
        || (!isAddress(host)
            && !isAddress(realm.host)
            && registrableDomain(host).equals(registrableDomain(realm.host)));
  }

  /** Whether a token service may be asked without a credential: any, but never in clear. */
  boolean mayAskAnonymously(Origin realm) {
    return realm.tls || !tls;
  }

  /**
   * The last two labels, or three below a country's second-level domain such as {@code co.uk}: a
   * narrow reading of the public suffix list, which may refuse a realm but does not widen one.
   */
  private static String registrableDomain(String host) {
    String[] labels = host.split("\\.", -1);
    int count = labels.length;
    if (count < 3) {
      return host;
    }
    boolean country = labels[count - 1].length() == 2 && labels[count - 2].length() <= 3;
    int keep = country ? 3 : 2;
    return String.join(".", Arrays.copyOfRange(labels, count - keep, count));
  }

  /** Whether a host is an IP address rather than a name. */
  static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
