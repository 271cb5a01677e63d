package dev.sluice.gateway.live;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import java.time.Duration;

/** How rules treat images of which a test wants nothing special. */
public final class PlainPolicies {

  /** Those of a rule that names none. */
  public static final Policies POLICIES =
      new Policies(
          new CheckIntervals(Duration.ofHours(24)),
          Duration.ofSeconds(2),
          Policies.OnDeleted.SERVE,
          new Platforms.All());

  private PlainPolicies() {}
}
