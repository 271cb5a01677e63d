package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What shared metadata is made of; who opened these closes them, after the shared metadata.
 *
 * @param authority what all nodes share, as seen by who is told when it has something that cannot
 *     be read; its futures may fail, or never complete
 * @param identity a random text that is kept in the authority: another one after it was emptied
 * @param copy this node's own, whose futures are complete
 * @param folder of the copy; the authority's identity is remembered in it
 */
public record Sides(
    Function<Runnable, Metadata> authority,
    Supplier<Future<String>> identity,
    Metadata copy,
    Path folder) {}
