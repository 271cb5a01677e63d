package dev.sluice.gateway.access;

/**
 * Somebody who has shown who they are.
 *
 * @param name an access key's id or a user's name
 */
public record Principal(String name, Grants grants) {}
