package dev.sluice.gateway.registry;

import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Names of this node that stand for one prefix each: those that the operator gives, and {@code
 * <prefix>.<host of the public URL>}. A {@code Host} is held against these names and is good for
 * nothing else, since anybody may set it.
 */
public final class VirtualHosts {

  /** No name but the node's own. */
  public static final VirtualHosts NONE = new VirtualHosts(Map.of(), "");

  /** What a name server knows; below an address there are no names. */
  private static final Pattern NAME = Pattern.compile("(?i)[a-z0-9.-]*[a-z][a-z0-9-]*");

  /** An array, since nothing is made to go through one. */
  private final Given[] given;

  /** The public URL's host after a dot; empty where nothing can be below it. */
  private final String parent;

  private record Given(String host, String prefix) {}

  private VirtualHosts(Map<String, String> given, String parent) {
    this.given =
        given.entrySet().stream()
            .map(one -> new Given(one.getKey(), one.getValue()))
            .toArray(Given[]::new);
    this.parent = parent;
  }

  /**
   * Those of a node.
   *
   * @param given prefixes by host, without ports
   * @param publicUrl by which clients know this node
   */
  public static VirtualHosts of(Map<String, String> given, URI publicUrl) {
    String host = publicUrl.getHost();
    boolean isName = host != null && NAME.matcher(host).matches();
    return new VirtualHosts(given, isName ? '.' + host : "");
  }

  /** The prefix that the request's host stands for; null for none. */
  String prefixOf(HttpServerRequest request, Supplier<RuleTable> rules) {
    if (parent.isEmpty() && given.length == 0) {
      return null;
    }
    String host = host(request);
    return host == null ? null : prefixOf(host, rules);
  }

  /** The same of a host, with or without a port; most stand for none, and cost no object. */
  String prefixOf(String host, Supplier<RuleTable> rules) {
    int length = lengthWithoutPort(host);
    for (Given one : given) {
      if (one.host.length() == length && one.host.regionMatches(true, 0, host, 0, length)) {
        return one.prefix;
      }
    }
    int label = length - parent.length();
    boolean isBelow =
        !parent.isEmpty()
            && label > 0
            && parent.regionMatches(true, 0, host, label, parent.length());
    return isBelow ? prefixOfLabel(host.substring(0, label), rules.get()) : null;
  }

  private static String prefixOfLabel(String label, RuleTable table) {
    return table.withPrefix(label.toLowerCase(Locale.ROOT)).map(Rule::prefix).orElse(null);
  }

  private static int lengthWithoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host.length() : colon;
  }

  private static String host(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      return request.getHeader(HttpHeaders.HOST);
    }
    return request.authority() == null ? null : request.authority().host();
  }
}
