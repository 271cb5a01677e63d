package dev.sluice.fetcher.upstream;

import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;

/**
 * A manifest as upstream sent it.
 *
 * @param digest of the body, computed here; what upstream announced was compared with it
 * @param contentType without parameters
 */
public record FetchedManifest(Digest digest, String contentType, Buffer body) {}
