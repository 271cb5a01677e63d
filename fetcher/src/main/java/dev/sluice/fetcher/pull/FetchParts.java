package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.Tracing;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.RuleTable;
import dev.sluice.storage.Archive;
import dev.sluice.storage.Blobs;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What the decisions are made with.
 *
 * @param rules the rules in force, asked anew for every request
 * @param changes hears of what is answered otherwise from now on
 * @param peers the other nodes
 * @param archive what the nodes have in common beyond their disks
 * @param tracing keeps the traces of other nodes' questions
 * @param housekeeping where blobs are that may not be needed any more
 */
public record FetchParts(
    Clock clock,
    Supplier<RuleTable> rules,
    Names names,
    Blobs blobs,
    Upstreams.Setup outside,
    NameChanges changes,
    FetchMetrics metrics,
    Peers peers,
    Archive archive,
    Tracing tracing,
    Housekeeping housekeeping) {}
