package dev.sluice.fetcher.upstream;

import dev.sluice.storage.Blobs.Source;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A blob, or what was missing of it, that upstream has begun to send; it must be filled in and
 * {@link #release released}, or discarded.
 */
public final class BlobBody {

  private final UpstreamResponse response;
  private final ReadStream<Buffer> bytes;
  private final OptionalLong size;

  private BlobBody(UpstreamResponse response, ReadStream<Buffer> bytes, OptionalLong size) {
    this.response = response;
    this.bytes = bytes;
    this.size = size;
  }

  static BlobBody whole(UpstreamResponse response) {
    return new BlobBody(response, response.stream(), response.contentLength());
  }

  static BlobBody skipping(UpstreamResponse response, long offset) {
    return new BlobBody(
        response, new Skipping(response.stream(), offset), response.contentLength());
  }

  static BlobBody part(UpstreamResponse response, ContentRange range) {
    return new BlobBody(response, response.stream(), OptionalLong.of(range.size()));
  }

  /** The size of the whole blob, as upstream announced it; empty where it did not. */
  public OptionalLong size() {
    return size;
  }

  /** What tells that a later answer is of the same bytes; empty where upstream does not say. */
  public Optional<String> validator() {
    return response.header("ETag").filter(etag -> etag.matches("\"[\\x21\\x23-\\x7e]{1,256}\""));
  }

  /** Whether this looks like a page for people, which some registries answer with status 200. */
  public boolean isHtml() {
    return response.header("Content-Type").orElse("").startsWith("text/html");
  }

  /** The bytes, for a fill. */
  public Source source() {
    return new Source(bytes, response.context());
  }

  /** Ends the answer where its fill has taken all it wants; what still comes is not waited for. */
  public void release() {
    response.release();
  }

  /** Drops a body that nobody has begun to read. */
  public void discard() {
    response.discard();
  }
}
