package dev.sluice.deploy;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rules with and without a credential. */
final class SampleRules {

  private static final Policies POLICIES =
      new Policies(
          new CheckIntervals(Duration.ofHours(1)),
          Duration.ofSeconds(1),
          Policies.OnDeleted.SERVE,
          new Platforms.All());

  private SampleRules() {}

  static Rule rule(String prefix) {
    return rule(prefix, List.of());
  }

  static Rule closed(String prefix) {
    return rule(prefix, List.of("login"));
  }

  private static Rule rule(String prefix, List<String> logins) {
    return new Rule(
        prefix, "up.example", Optional.empty(), Optional.empty(), logins, List.of(), POLICIES);
  }
}
