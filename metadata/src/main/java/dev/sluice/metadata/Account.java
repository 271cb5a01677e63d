package dev.sluice.metadata;

import java.util.Optional;

/**
 * What a registry counts requests against.
 *
 * @param upstream the registry's host, as rules name it
 * @param credential the name of the credential; empty: the address that asks
 */
public record Account(String upstream, Optional<String> credential) {}
