package dev.sluice.gateway.access;

/**
 * Somebody who showed who they are.
 *
 * @param name of the access key or user
 */
public record Principal(String name, Grants grants) {}
