package dev.sluice.fetcher.fake;

import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonObject;

/** A reference to content: its type, its digest and its size in bytes. */
public record Descriptor(String mediaType, Digest digest, long size) {

  JsonObject toJson() {
    return new JsonObject()
        .put("mediaType", mediaType)
        .put("digest", digest.toString())
        .put("size", size);
  }
}
