package dev.sluice.metadata;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code prefix -> upstream}: names under the prefix are pulled through from that registry.
 *
 * @param prefix what our names begin with, by whole path component, or {@link #ROOT}
 * @param upstream the registry's host, with a port where it is not the scheme's own
 * @param upstreamPrefix put before the name when asking upstream; empty for none, as is {@link
 *     #ROOT}, which some people write out
 * @param endpoint where that upstream is really reached; empty: {@code https://} + upstream
 * @param credentials the names of files under the secrets folder, used in turn; empty: anonymous
 * @param tokenRealms hosts that may see those credentials besides the registry and its own realm
 */
public record Rule(
    String prefix,
    String upstream,
    Optional<String> upstreamPrefix,
    Optional<URI> endpoint,
    List<String> credentials,
    List<String> tokenRealms,
    Policies policies) {

  /** The prefix that matches what no other rule does. */
  public static final String ROOT = "ROOT";

  /** The names by which Docker Hub is known as an upstream. */
  private static final Set<String> DOCKER_HUB =
      Set.of("registry-1.docker.io", "docker.io", "index.docker.io");

  /** Copies the lists. */
  public Rule {
    credentials = List.copyOf(credentials);
    tokenRealms = List.copyOf(tokenRealms);
  }

  /** A rule without what may be left out. */
  public Rule(String prefix, String upstream, Policies policies) {
    this(prefix, upstream, Optional.empty(), Optional.empty(), List.of(), List.of(), policies);
  }

  /** The same with other policies. */
  public Rule with(Policies other) {
    return new Rule(prefix, upstream, upstreamPrefix, endpoint, credentials, tokenRealms, other);
  }

  /** Where the upstream is asked: scheme, host and port. */
  public URI address() {
    return endpoint.orElseGet(() -> URI.create("https://" + registry()));
  }

  /** The registry, by the same name whichever of its names the rule gives. */
  public String registry() {
    return isDockerHub() ? "registry-1.docker.io" : upstream;
  }

  /**
   * Whether this rule is for a registry, by whichever of its names.
   *
   * @param host as a client writes it, with a port where it is not the scheme's own
   */
  public boolean isFor(String host) {
    return host.equalsIgnoreCase(upstream)
        || (isDockerHub() && DOCKER_HUB.contains(host.toLowerCase(Locale.ROOT)));
  }

  /** Whether this rule stands for Docker Hub, whose official images live under {@code library/}. */
  public boolean isDockerHub() {
    return DOCKER_HUB.contains(upstream);
  }

  /** Whether a repository is this rule's, were it the only one. */
  public boolean covers(RepositoryName repository) {
    return prefix.equals(ROOT) || repository.isUnder(prefix);
  }

  /** What this rule puts before a name when it asks upstream, with its slash; empty for nothing. */
  public String upstreamRoot() {
    return upstreamPrefix.filter(p -> !p.equals(ROOT)).map(p -> p + '/').orElse("");
  }

  /** The upstream's own name for a repository that this rule covers. */
  public String upstreamName(RepositoryName repository) {
    String own =
        prefix.equals(ROOT)
            ? repository.value()
            : repository.value().substring(prefix.length() + 1);
    String full = upstreamRoot() + own;
    return isDockerHub() && full.indexOf('/') < 0 ? "library/" + full : full;
  }
}
