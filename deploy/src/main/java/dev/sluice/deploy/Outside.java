package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.Secrets;
import dev.sluice.fetcher.Via;
import dev.sluice.fetcher.upstream.AddressGuard;
import dev.sluice.fetcher.upstream.Credential;
import dev.sluice.fetcher.upstream.Credentials;
import dev.sluice.fetcher.upstream.Deadlines;
import dev.sluice.fetcher.upstream.Resolver;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.RateLimits;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a configuration gives a node to go out with. */
final class Outside {

  private Outside() {}

  /**
   * @param ownPort whether the node itself listens on a port
   */
  static Upstreams.Setup of(Config config, RateLimits limits, IntPredicate ownPort) {
    return new Upstreams.Setup(
        new AddressGuard(config.upstreams()::allows, ownPort),
        Resolver.SYSTEM,
        credentials(config.secrets()),
        Deadlines.DEFAULT,
        limits,
        pseudonym(config));
  }

  /** The nodes of a cluster stand for each other, behind a load balancer too. */
  private static String pseudonym(Config config) {
    return config
        .cluster()
        .map(cluster -> Via.pseudonym(cluster.secret().derive("pseudonym in Via")))
        .orElseGet(Via::pseudonym);
  }

  private static Credentials credentials(Secrets secrets) {
    return name ->
        secrets.read(name) instanceof Secrets.Found(var found)
            ? Optional.of(new Credential(found.username(), found.accessToken()))
            : Optional.empty();
  }
}
