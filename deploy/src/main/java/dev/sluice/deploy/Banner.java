package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.HostPort;
import dev.sluice.metadata.Rule;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node says of itself when it has started. */
final class Banner {

  private static final Logger LOG = LoggerFactory.getLogger(Banner.class);

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

  /** The same as one line of the log, for whoever collects lines and no other text. */
  static void log(Config config, int port) {
    LOG.atInfo()
        .addKeyValue("listen", new HostPort(config.listen().host(), port))
        .addKeyValue("management", config.management())
        .addKeyValue("data", config.data())
        .addKeyValue("rules", rules(config))
        .log("sluice listens");
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
      return config.access().keys().isEmpty()
          ? "nothing: without a rule there is nothing to pull"
          : "aws ecr create-pull-through-cache-rule --endpoint-url "
              + PublicUrl.of(config, listen)
              + " --ecr-repository-prefix ecr-public --upstream-registry-url public.ecr.aws";
    }
    Rule rule = config.rules().getFirst().rule();
    String prefix = rule.prefix().equals(Rule.ROOT) ? "" : rule.prefix() + '/';
    String host = PublicUrl.of(config, listen).getRawAuthority();
    return "docker pull " + host + '/' + prefix + image(rule);
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
