package dev.sluice.deploy.accept;

/**
 * One rule of a node's configuration file.
 *
 * @param upstream the name of the foreign registry
 * @param endpoint where that registry is really reached
 * @param checkInterval such as {@code 24h}
 */
record RuleConfig(String prefix, String upstream, String endpoint, String checkInterval) {
  /** A rule whose tags are checked once a day. */
  static RuleConfig daily(String prefix, String endpoint) {
    return new RuleConfig(prefix, prefix + ".registry.test", endpoint, "24h");
  }

  String yaml() {
    return """
      - prefix: %s
        upstream: %s
        endpoint: %s
        checkInterval: %s
    """
        .formatted(prefix, upstream, endpoint, checkInterval);
  }
}
