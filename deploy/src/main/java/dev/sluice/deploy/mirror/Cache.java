package dev.sluice.deploy.mirror;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.RuleConfig;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node or cluster as its clients have to know it.
 *
 * @param url by which they do, without a trailing slash
 * @param rules in the order of the configuration
 * @param virtualHosts prefixes by host
 * @param needsLogin whether some of it is not for everybody
 */
public record Cache(
    URI url, List<Rule> rules, Map<String, String> virtualHosts, boolean needsLogin) {

  /** Copies the collections. */
  public Cache {
    rules = List.copyOf(rules);
    virtualHosts = Map.copyOf(virtualHosts);
  }

  /**
   * What a configuration says.
   *
   * @param url by which clients know the node
   */
  public static Cache of(Config config, URI url) {
    Anonymous anonymous = config.access().anonymous();
    boolean admits =
        anonymous == Anonymous.PULL || (anonymous == Anonymous.LOOPBACK && isOnThisMachine(url));
    boolean isOpen = admits && config.rules().stream().allMatch(RuleConfig::isOpen);
    return new Cache(url, config.fileRules(), config.virtualHosts(), !isOpen);
  }

  /** The host of the URL, with its port where it has one. */
  String authority() {
    return url.getRawAuthority();
  }

  boolean isPlainHttp() {
    return url.getScheme().equals("http");
  }

  /** Whether nobody but clients on the node's machine can mean it by that URL. */
  boolean isOnThisMachine() {
    return isOnThisMachine(url);
  }

  private static boolean isOnThisMachine(URI url) {
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    return host.equals("localhost") || Anonymous.LOOPBACK.allows(host);
  }

  /** One rule for each registry, or part of one, that clients may have mirrored. */
  List<Rule> mirrored() {
    RuleTable table = new RuleTable(rules);
    return rules.stream()
        .flatMap(rule -> table.pulling(rule.upstream(), rule.upstreamRoot()).stream())
        .distinct()
        .toList();
  }

  /** The registries among them, as images' names have them. */
  Stream<String> registries() {
    return mirrored().stream().map(Cache::registry).distinct();
  }

  /** A rule's registry as images' names have it. */
  static String registry(Rule rule) {
    return rule.isDockerHub() ? "docker.io" : rule.upstream();
  }

  /** A rule for all of Docker Hub; of several, one that docker's daemon reaches without a path. */
  Optional<Rule> dockerHub() {
    return rules.stream()
        .filter(rule -> rule.isDockerHub() && rule.upstreamRoot().isEmpty())
        .min(
            Comparator.<Rule, Boolean>comparing(rule -> !rule.prefix().equals(Rule.ROOT))
                .thenComparing(rule -> virtualHost(rule).isEmpty()));
  }

  /** A virtual host that the operator has given to a rule. */
  Optional<String> virtualHost(Rule rule) {
    return virtualHosts.entrySet().stream()
        .filter(host -> host.getValue().equals(rule.prefix()))
        .map(Map.Entry::getKey)
        .min(String::compareTo);
  }
}
