package dev.sluice.gateway;

import dev.sluice.metadata.RepositoryName;
import io.vertx.core.net.SocketAddress;

/**
 * A request for a manifest, a blob or a list of tags that has ended. One is made for each, so it
 * holds what was there already, and texts are made of it when somebody looks.
 *
 * @param endedAt in milliseconds since 1970
 * @param from the client's end of the connection
 * @param principal a dash where nobody logged in
 * @param operation one of a fixed few, such as {@code manifest}
 * @param reference the tag or digest, whose text is to be shown; empty text for none
 * @param cache the {@code X-Cache} of the answer, or {@code none}
 * @param bytes of the body that were handed to the socket
 * @param nanos from its head to the end of the answer
 * @param answerNanos of these, until it was known what to answer; 0 where that was known at once
 * @param queueNanos of these, waiting for a turn to ask upstream, on whichever node
 * @param tokenNanos of these, waiting for a token of the upstream's
 */
public record Pull(
    long endedAt,
    SocketAddress from,
    String principal,
    String operation,
    RepositoryName repository,
    Object reference,
    int status,
    String cache,
    long bytes,
    long nanos,
    long answerNanos,
    long queueNanos,
    long tokenNanos) {}
