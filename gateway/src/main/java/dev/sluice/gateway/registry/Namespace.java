package dev.sluice.gateway.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The registry whose repository a client means: the parameter {@code ns}, which containerd adds
 * wherever it asks somebody else than that registry (distribution spec, "Registry Proxying").
 *
 * @param host with a port where the client gives one
 * @param written as it came, escapes and all
 */
record Namespace(String host, String written) {

  /** By which an answer says that it has heeded the parameter. */
  static final String HEADER = "OCI-Namespace";

  private static final String PARAMETER = "ns=";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,260}");

  /** Registries where every repository has an owner before its name: {@code owner/name}. */
  private static final Set<String> OWNED =
      Set.of(
          "docker.io",
          "index.docker.io",
          "registry-1.docker.io",
          "quay.io",
          "ghcr.io",
          "gcr.io",
          "cgr.dev",
          "public.ecr.aws",
          "registry.gitlab.com");

  /** Whether {@link #in} is worth its cost. */
  static boolean mayBeIn(String query) {
    return query != null && query.contains(PARAMETER);
  }

  /** The first one that a raw query has; null where there is none. */
  static Namespace in(String query) {
    if (!mayBeIn(query)) {
      return null;
    }
    for (String pair : query.split("&")) {
      if (pair.startsWith(PARAMETER)) {
        String written = pair.substring(PARAMETER.length());
        return new Namespace(decoded(written), written);
      }
    }
    return null;
  }

  /** Whether this can be a host at all, and may stand in an answer. */
  boolean isHost() {
    return HOST.matcher(host).matches();
  }

  /** Whether a name without a slash is none of this registry's repositories. */
  boolean hasOwners() {
    return OWNED.contains(host.toLowerCase(Locale.ROOT));
  }

  private static String decoded(String written) {
    try {
      return URLDecoder.decode(written, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return "";
    }
  }
}
