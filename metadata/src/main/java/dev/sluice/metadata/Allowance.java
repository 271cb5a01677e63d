package dev.sluice.metadata;

import java.time.Duration;
import java.time.Instant;

/**
 * What a registry last said of its rate limit, as Docker Hub does in {@code ratelimit-limit} and
 * {@code ratelimit-remaining}.
 *
 * @param limit pulls within the window, 0 or more
 * @param remaining of them, 0 or more
 * @param window 0 where the registry did not say
 * @param seenAt when it said so
 */
public record Allowance(long limit, long remaining, Duration window, Instant seenAt) {}
