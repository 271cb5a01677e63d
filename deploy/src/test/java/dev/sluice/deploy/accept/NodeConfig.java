package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node of these tests is started with.
 *
 * @param port the public port on loopback
 * @param management the management port on loopback
 * @param data the data folder
 * @param anonymous {@code pull} or {@code none}
 * @param keys items of YAML under {@code access.keys}
 * @param more further lines of YAML
 */
record NodeConfig(
    int port,
    int management,
    Path data,
    List<RuleConfig> rules,
    String anonymous,
    String keys,
    String more) {
  static NodeConfig of(Path data, RuleConfig... rules) throws IOException {
    return new NodeConfig(
        FreePort.next(), FreePort.next(), data, Stream.of(rules).toList(), "pull", "", "");
  }

  /** The same node on other ports, for a second process on the same data. */
  NodeConfig onFreshPorts() throws IOException {
    return new NodeConfig(FreePort.next(), FreePort.next(), data, rules, anonymous, keys, more);
  }

  /** The same node with further lines of YAML. */
  NodeConfig with(String lines) {
    return new NodeConfig(port, management, data, rules, anonymous, keys, more + lines);
  }

  /** The same node with a key that signs the ECR API. */
  NodeConfig withKey(String item) {
    return new NodeConfig(port, management, data, rules, anonymous, item, more);
  }

  /** The same node, where everybody has to log in. */
  NodeConfig closed() {
    return new NodeConfig(port, management, data, rules, "none", keys, more);
  }

  String yaml() {
    return """
    listen: 127.0.0.1:%d
    management: 127.0.0.1:%d
    data: %s
    access: { anonymous: %s, keys: [%s] }
    upstreams: { allowPrivate: [127.0.0.0/8] }
    rules:
    %s%s"""
        .formatted(port, management, data, anonymous, keys, indentedRules(), more);
  }

  private String indentedRules() {
    return rules.stream().map(RuleConfig::yaml).collect(Collectors.joining());
  }
}
