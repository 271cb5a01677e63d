package dev.sluice.fetcher;

import dev.sluice.storage.Digest;

/**
 * What a manifest is.
 *
 * @param mediaType exactly as it is to be answered, without parameters
 * @param size in bytes
 */
public record Descriptor(Digest digest, String mediaType, long size) {}
