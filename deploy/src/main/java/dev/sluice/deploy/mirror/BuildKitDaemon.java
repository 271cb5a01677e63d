package dev.sluice.deploy.mirror;

import java.util.stream.Collectors;

/** The daemon's {@code buildkitd.toml}; it adds {@code ?ns=} as containerd does. */
final class BuildKitDaemon {

  private BuildKitDaemon() {}

  static String text(Cache cache) {
    String login =
        cache.needsLogin()
            ? "# What is not for everybody needs: docker login " + cache.authority() + "\n\n"
            : "";
    String plain =
        cache.isPlainHttp()
            ? "\n[registry.\"%s\"]\n  http = true\n".formatted(cache.authority())
            : "";
    return login
        + """
          # /etc/buildkit/buildkitd.toml, or the file in
          #   docker buildx create --use --driver docker-container --buildkitd-config FILE
          """
        + cache.registries().map(one -> entry(cache, one)).collect(Collectors.joining("\n"))
        + plain;
  }

  private static String entry(Cache cache, String registry) {
    return """
        [registry."%s"]
          mirrors = ["%s"]
        """
        .formatted(registry, cache.authority());
  }
}
