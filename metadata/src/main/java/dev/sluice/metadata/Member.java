package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import java.util.OptionalLong;

/**
 * A digest that a repository is known to contain.
 *
 * @param size in bytes, as the manifest that lists it says; empty where only upstream vouched
 */
public record Member(Digest digest, OptionalLong size) {}
