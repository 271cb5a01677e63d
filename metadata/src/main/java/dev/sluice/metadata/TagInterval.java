package dev.sluice.metadata;

import java.time.Duration;

/**
 * How long the tags of a pattern stay fresh after a check.
 *
 * @param interval positive
 */
public record TagInterval(NamePattern tags, Duration interval) {}
