package dev.sluice.deploy.mirror;

import dev.sluice.metadata.Rule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/** The daemon's {@code daemon.json}; it asks mirrors for Docker Hub's images, and for no others. */
final class DockerDaemon {

  private static final String NO_RULE =
      "# No rule is for Docker Hub, and docker has mirrors for nothing else.\n";

  private static final String NO_LOGIN =
      "# Docker sends no login to a mirror: what is to come through it must be open without.\n";

  private DockerDaemon() {}

  static String text(Cache cache) {
    JsonObject file = new JsonObject();
    String remark = cache.dockerHub().map(rule -> mirror(cache, rule, file)).orElse(NO_RULE);
    if (cache.isPlainHttp() && !cache.isOnThisMachine()) {
      file.put("insecure-registries", new JsonArray().add(cache.authority()));
    }
    return """
        %s# All else is pulled by its name here: %s/PREFIX/REPOSITORY:TAG

        # /etc/docker/daemon.json, without this line; then restart the daemon
        %s
        """
        .formatted(remark, cache.authority(), file.encodePrettily());
  }

  /** Puts the mirror in; what there is to say about it. */
  private static String mirror(Cache cache, Rule rule, JsonObject file) {
    Optional<String> host = cache.virtualHost(rule);
    boolean isRoot = rule.prefix().equals(Rule.ROOT);
    String own = isRoot ? cache.url().toString() : cache.url() + "/" + rule.prefix();
    String url = host.map(name -> at(cache.url(), name)).orElse(own);
    file.put("registry-mirrors", new JsonArray().add(url));
    return (cache.needsLogin() ? NO_LOGIN : "")
        + (isRoot || host.isPresent() ? "" : withPath(rule.prefix()));
  }

  private static String withPath(String prefix) {
    return """
        # A mirror with a path needs a daemon that keeps its images in containerd (docker info says
        # "driver-type: io.containerd.snapshotter.v1"). For any other, give the rule a host of its own
        # (virtualHosts: { HOST: %s }), or make it the rule ROOT.
        """
        .formatted(prefix);
  }

  private static String at(URI url, String host) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + host + port;
  }
}
