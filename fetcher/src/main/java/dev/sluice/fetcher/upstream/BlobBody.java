package dev.sluice.fetcher.upstream;

import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import java.util.OptionalLong;

/** A blob that upstream has begun to send; it must be filled in or discarded. */
public final class BlobBody {

  private final UpstreamResponse response;

  BlobBody(UpstreamResponse response) {
    this.response = response;
  }

  /** How many bytes upstream announced; empty where it did not. */
  public OptionalLong size() {
    return response.contentLength();
  }

  /** Whether this looks like a page for people, which some registries answer with status 200. */
  public boolean isHtml() {
    return response.header("Content-Type").orElse("").startsWith("text/html");
  }

  /** Fills the blob in; the future never fails. */
  public Future<FillOutcome> fill(Blobs blobs, Digest digest, OptionalLong size) {
    return response.fill(blobs, digest, size);
  }

  /** Drops the body. */
  public void discard() {
    response.discard();
  }
}
