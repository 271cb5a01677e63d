package dev.sluice.metadata;

import java.util.Optional;

/**
 * A rule of a {@link LifecyclePolicy}.
 *
 * @param priority 1 or more; the lowest number comes first
 * @param description for people
 */
public record LifecycleRule(
    int priority,
    Optional<String> description,
    LifecycleSelection selection,
    LifecycleLimit limit) {}
