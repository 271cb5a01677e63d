package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.storage.Blobs.Source;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a fill begins with.
 *
 * @param size of the blob; empty where only its digest is known
 * @param source of its first bytes, which has not begun to flow
 * @param flow of all that follow
 * @param discard drops the source, where the fill is not begun after all
 * @param whenWrong what becomes of the blob where these were not its bytes, for a reason in words
 */
record Beginning(
    OptionalLong size,
    Source source,
    Flow flow,
    Runnable discard,
    Function<String, BlobAnswer> whenWrong) {}
