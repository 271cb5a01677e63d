package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Rules of which a fake registry is the upstream. */
final class RegistryRule {

  private RegistryRule() {}

  static Rule of(
      FakeRegistry registry, String prefix, Policies policies, List<String> credentials) {
    return new Rule(
        prefix,
        registry.hostAndPort(),
        Optional.empty(),
        Optional.of(URI.create(registry.url())),
        credentials,
        List.of(),
        policies);
  }
}
