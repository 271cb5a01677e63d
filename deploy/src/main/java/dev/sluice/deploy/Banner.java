package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.HostPort;
import dev.sluice.metadata.Rule;
import java.net.URI;
import java.util.stream.Collectors;

/** What a node says of itself when it has started. */
final class Banner {

  private Banner() {}

  /**
   * A few lines, each with its end.
   *
   * @param port that the node listens on, where the configuration may have left the choice open
   */
  static String text(Config config, int port) {
    HostPort listen = new HostPort(config.listen().host(), port);
    return """
        sluice listens on %s
          management   %s
          data         %s
          rules        %s
          try          %s
        """
        .formatted(listen, config.management(), config.data(), rules(config), pull(config, listen));
  }

  private static String rules(Config config) {
    return config.rules().isEmpty()
        ? "none"
        : config.rules().stream()
            .map(rule -> rule.rule().prefix())
            .collect(Collectors.joining(", "));
  }

  private static String pull(Config config, HostPort listen) {
    if (config.rules().isEmpty()) {
      return "nothing: without a rule there is nothing to pull";
    }
    Rule rule = config.rules().getFirst().rule();
    String prefix = rule.prefix().equals(Rule.ROOT) ? "" : rule.prefix() + '/';
    return "docker pull " + host(config, listen) + '/' + prefix + image(rule);
  }

  private static String host(Config config, HostPort listen) {
    HostPort reachable = listen.isWildcard() ? new HostPort("localhost", listen.port()) : listen;
    return config.publicUrl().map(URI::getRawAuthority).orElse(reachable.toString());
  }

  /** An image that the upstream surely has, where its names are known. */
  private static String image(Rule rule) {
    if (rule.upstreamPrefix().isEmpty() && rule.isDockerHub()) {
      return "library/alpine:latest";
    }
    return rule.upstreamPrefix().isEmpty() && rule.upstream().equals("public.ecr.aws")
        ? "amazonlinux/amazonlinux:latest"
        : "<repository>:<tag>";
  }
}
