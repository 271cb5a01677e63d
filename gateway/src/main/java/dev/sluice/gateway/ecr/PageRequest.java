package dev.sluice.gateway.ecr;

import java.util.Optional;

/**
 * Which page of a list is asked for.
 *
 * @param after the key of the last item that the client has; empty for the first page
 * @param size the most items on it
 */
public record PageRequest(Optional<String> after, int size) {}
