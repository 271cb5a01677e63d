package dev.sluice.deploy.config;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import java.time.Duration;
import java.util.List;

/** What holds where the configuration is silent. */
final class WellKnown {

  static final HostPort LISTEN = new HostPort("127.0.0.1", 5000);
  static final HostPort MANAGEMENT = new HostPort("127.0.0.1", 9090);
  static final String DATA = ".local/share/sluice";
  static final String ACCOUNT = "000000000000";
  static final String REGION = "us-east-1";
  static final Duration GRACE = Duration.ofHours(1);
  static final Policies POLICIES =
      new Policies(
          new CheckIntervals(Duration.ofHours(24)),
          Duration.ofSeconds(2),
          Policies.OnDeleted.SERVE,
          new Platforms.All());

  private WellKnown() {}

  /** The public upstreams, each under its usual prefix. */
  static List<RuleConfig> rules(Policies defaults) {
    return List.of(
        rule("docker-hub", "registry-1.docker.io", withRequestedOnly(defaults)),
        rule("ecr-public", "public.ecr.aws", defaults),
        rule("quay", "quay.io", defaults),
        rule("ghcr", "ghcr.io", defaults),
        rule("k8s", "registry.k8s.io", defaults),
        rule("mcr", "mcr.microsoft.com", defaults),
        rule("gitlab", "registry.gitlab.com", defaults),
        rule("chainguard", "cgr.dev", defaults),
        rule("gcr", "gcr.io", defaults));
  }

  /** For Docker Hub without a credential, whose rate limit completing every platform would eat. */
  static Policies withRequestedOnly(Policies defaults) {
    return defaults.with(new Platforms.Requested());
  }

  private static RuleConfig rule(String prefix, String upstream, Policies policies) {
    return new RuleConfig(new Rule(prefix, upstream, policies), false, false);
  }
}
