package dev.sluice.fetcher;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A fill of this node that has begun and not ended.
 *
 * @param rule its prefix
 * @param repository that it was asked for first
 * @param bytes that have come so far
 * @param size what it must come to; empty where upstream did not say
 * @param readers who read along at this moment
 * @param isFromUpstream whether its bytes come from outside, and not from another node
 */
public record FillUnderWay(
    Digest digest,
    String rule,
    RepositoryName repository,
    long bytes,
    OptionalLong size,
    Instant startedAt,
    int readers,
    boolean isFromUpstream) {}
