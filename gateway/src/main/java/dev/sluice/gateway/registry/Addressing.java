package dev.sluice.gateway.registry;

import dev.sluice.gateway.registry.PullRequest.Malformed;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The four ways to address one repository, {@code prefix/upstream/repository}: by that name below
 * {@code /v2/}; by the registry's own name and {@code ?ns=}; below {@code /prefix/v2/}; on a
 * virtual host. Nothing behind this sees which way a client came.
 */
public final class Addressing {

  /** By name only. */
  public static final Addressing BY_NAME =
      new Addressing(() -> new RuleTable(List.of()), VirtualHosts.NONE);

  private static final String ROOT = "/v2/";

  private final Supplier<RuleTable> rules;
  private final VirtualHosts hosts;

  /**
   * @param rules those in force
   * @param hosts names of this node that stand for a prefix
   */
  public Addressing(Supplier<RuleTable> rules, VirtualHosts hosts) {
    this.rules = rules;
    this.hosts = hosts;
  }

  /** What a request asks for; the exchange learns what its answer must carry. */
  PullRequest read(Exchange exchange) {
    String path = exchange.request().path();
    String query = exchange.request().query();
    String prefix = hosts.prefixOf(exchange.request(), rules);
    return prefix == null && path.startsWith(ROOT) && !Namespace.mayBeIn(query)
        ? PullPath.parse(path, query)
        : read(exchange, prefix == null ? mounted(path) : new Way(prefix, path), query);
  }

  /**
   * @param prefix that the way stands for; null where it stands for none
   * @param path behind it
   */
  private record Way(String prefix, String path) {

    boolean isPlain() {
      return prefix == null;
    }

    boolean namesNothing() {
      return !path.startsWith(ROOT) || path.length() == ROOT.length();
    }

    /** The repository, by the name that it has behind this way, and what is asked of it. */
    String rest() {
      return path.substring(ROOT.length());
    }
  }

  /** A path below {@code /prefix/v2} or else as it is; {@code /v2/} is never a prefix's. */
  private Way mounted(String path) {
    if (!path.startsWith(ROOT)) {
      for (Rule rule : rules.get().rules()) {
        int end = rule.prefix().length() + 1;
        boolean isBelow =
            path.startsWith(rule.prefix(), 1)
                && (path.startsWith(ROOT, end) || path.substring(end).equals("/v2"));
        if (isBelow && !rule.prefix().equals(Rule.ROOT)) {
          return new Way(rule.prefix(), path.substring(end));
        }
      }
    }
    return new Way(null, path);
  }

  private PullRequest read(Exchange exchange, Way way, String query) {
    Namespace namespace = Namespace.in(query);
    if (way.namesNothing() || (way.isPlain() && namespace == null)) {
      return PullPath.parse(way.path, query);
    }
    if (namespace != null && !namespace.isHost()) {
      return new Malformed(new OciError(400, "NAME_INVALID", "ns is a registry's host"));
    }
    RuleTable table = rules.get();
    Optional<String> ours =
        way.isPlain()
            ? ours(table, namespace, way.rest())
            : Optional.of(way.prefix + '/' + way.rest());
    if (ours.isEmpty()) {
      return without(namespace);
    }
    String path = ROOT + ours.get();
    PullRequest asked = PullPath.parse(path, query);
    if (namespace != null && !isOf(namespace, asked, table)) {
      return without(namespace);
    }
    exchange.came(path, namespace);
    return asked;
  }

  /** Our name for what a registry calls so, with what follows it; empty where no rule is for it. */
  private static Optional<String> ours(RuleTable table, Namespace namespace, String theirs) {
    return hasPrefix(table, namespace, theirs)
        ? Optional.of(theirs)
        : table
            .pulling(namespace.host(), theirs)
            .map(
                rule -> {
                  String own = theirs.substring(rule.upstreamRoot().length());
                  return rule.prefix().equals(Rule.ROOT) ? own : rule.prefix() + '/' + own;
                });
  }

  /**
   * Whether the prefix is there already: containerd's {@code override_path} has it in the path, and
   * {@code ns} comes with it all the same. An owner may be called as a prefix is, such as {@code
   * cgr.dev/chainguard/nginx}: where all repositories have owners, one without is not meant.
   */
  private static boolean hasPrefix(RuleTable table, Namespace namespace, String name) {
    return table.rules().stream()
        .filter(rule -> rule.isFor(namespace.host()) && !rule.prefix().equals(Rule.ROOT))
        .filter(rule -> name.startsWith(rule.prefix() + '/'))
        .map(rule -> name.substring(rule.prefix().length() + 1))
        .anyMatch(rest -> !namespace.hasOwners() || hasOwner(rest));
  }

  /** Whether two components stand before the two that say what is asked of a repository. */
  private static boolean hasOwner(String rest) {
    return rest.chars().filter(c -> c == '/').count() > 2;
  }

  /** A narrower rule may have taken the name for another registry: that is not what was asked. */
  private static boolean isOf(Namespace namespace, PullRequest asked, RuleTable table) {
    return asked.repository() == null
        || table.match(asked.repository()).filter(rule -> rule.isFor(namespace.host())).isPresent();
  }

  private static Malformed without(Namespace namespace) {
    String registry = namespace.host();
    return new Malformed(
        new OciError(
            404,
            "NAME_UNKNOWN",
            "no rule here has this repository of "
                + registry
                + "; an operator writes one under rules: { prefix: NAME, upstream: "
                + registry
                + " }"));
  }
}
