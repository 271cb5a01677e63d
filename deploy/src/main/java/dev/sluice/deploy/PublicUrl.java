package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.HostPort;
import java.net.URI;

/** The address that clients see. */
final class PublicUrl {

  private PublicUrl() {}

  /**
   * What the configuration says, else where the node listens: on this machine, where it listens on
   * every address. Never what a client's {@code Host} says, which anybody may set.
   *
   * @param listen with the port that the node listens on
   */
  static URI of(Config config, HostPort listen) {
    HostPort reachable = listen.isWildcard() ? new HostPort("localhost", listen.port()) : listen;
    return config
        .publicUrl()
        .orElseGet(
            () ->
                URI.create((config.door().tls().isPresent() ? "https://" : "http://") + reachable));
  }
}
