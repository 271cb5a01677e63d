package dev.sluice.deploy.mirror;

import java.util.stream.Collectors;

/** A {@code hosts.toml} for each registry; containerd adds {@code ?ns=} of itself. */
final class ContainerdHosts {

  private static final String FOLDER = "/etc/containerd/certs.d";

  private ContainerdHosts() {}

  static String text(Cache cache) {
    return """
        # containerd reads these files at every pull, where /etc/containerd/config.toml has
        #   [plugins."io.containerd.grpc.v1.cri".registry]       (containerd 1.x)
        #   [plugins."io.containerd.cri.v1.images".registry]     (containerd 2.x)
        #     config_path = "%s"
        # and ctr with --hosts-dir %s.
        """
            .formatted(FOLDER, FOLDER)
        + cache.registries().map(registry -> file(cache, registry)).collect(Collectors.joining());
  }

  private static String file(Cache cache, String registry) {
    String server = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
    return """

        # %s/%s/hosts.toml
        server = "https://%s"

        [host."%s"]
          capabilities = ["pull", "resolve"]
        %s"""
        .formatted(FOLDER, registry, server, cache.url(), login(cache));
  }

  private static String login(Cache cache) {
    return cache.needsLogin()
        ? """
            # What is not for everybody needs a login, user:password in base64:
            # [host."%s".header]
            #   Authorization = "Basic dXNlcjpwYXNzd29yZA=="
          """
            .formatted(cache.url())
        : "";
  }
}
