package dev.sluice.deploy.mirror;

import dev.sluice.metadata.Rule;
import java.util.stream.Collectors;

/** A drop-in for {@code registries.conf}, which podman, CRI-O, skopeo and buildah read. */
final class PodmanRegistries {

  private PodmanRegistries() {}

  static String text(Cache cache) {
    String login =
        cache.needsLogin()
            ? "# What is not for everybody needs: podman login " + cache.authority() + "\n\n"
            : "";
    return login
        + "# /etc/containers/registries.conf.d/50-sluice.conf\n"
        + cache.mirrored().stream()
            .map(rule -> entry(cache, rule))
            .collect(Collectors.joining("\n"));
  }

  private static String entry(Cache cache, Rule rule) {
    String theirs = withoutSlash(Cache.registry(rule) + '/' + rule.upstreamRoot());
    String prefix = rule.prefix().equals(Rule.ROOT) ? "" : '/' + rule.prefix();
    return """
        [[registry]]
        prefix = "%1$s"
        location = "%1$s"

        [[registry.mirror]]
        location = "%2$s"
        %3$s"""
        .formatted(
            theirs, cache.authority() + prefix, cache.isPlainHttp() ? "insecure = true\n" : "");
  }

  private static String withoutSlash(String text) {
    return text.substring(0, text.length() - 1);
  }
}
