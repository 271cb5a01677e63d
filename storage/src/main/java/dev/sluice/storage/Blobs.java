package dev.sluice.storage;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The one door to bytes on this node, whole or growing. */
public interface Blobs {

  /** Where a blob is; empty where it is neither stored nor growing here. */
  Optional<BlobLocation> find(Digest digest);

  /**
   * How many bytes of a blob may be read now, from its first on; empty where it is neither stored
   * nor growing here.
   */
  OptionalLong readable(Digest digest);

  /** How many read a blob along while it grows here; none where it does not. */
  default int readers(Digest digest) {
    return 0;
  }

  /** Notes that a blob is used whose bytes were not asked for here, but known elsewhere. */
  void used(Digest digest);

  /**
   * Begins to fill a blob from a stream, at the stream's own speed, whoever reads along. From this
   * call until the fill has ended {@link #find} says where the blob grows; a fill that cannot be
   * begun has ended at once. Where the stream breaks off, or ends short of the size, readers wait
   * while the fill goes on.
   *
   * @param size what the blob must come to; empty where only its digest is known
   * @param source which must not have begun to flow
   * @param continuation asked for the rest whenever a stream has broken off
   * @return how the fill ended; never fails
   */
  Future<FillOutcome> fill(
      Digest digest, OptionalLong size, Source source, Continuation continuation);

  /** Begins to fill a blob from a stream after which nothing comes. */
  default Future<FillOutcome> fill(Digest digest, OptionalLong size, Source source) {
    return fill(digest, size, source, Continuation.NONE);
  }

  /** A stream, and the context on which it flows. */
  record Source(ReadStream<Buffer> bytes, Context context) {}

  /** Stores bytes that are at hand, such as a manifest's. */
  Future<FillOutcome> put(Digest digest, Buffer bytes);

  /**
   * The whole of a small stored blob, in memory.
   *
   * @return fails where the blob is not stored
   */
  Future<Buffer> read(Digest digest);

  /**
   * Sends bytes as the body of an answer whose status and headers are set and whose head is not
   * written yet. A body that cannot be completed is cut, never ended. Call on the request's
   * context.
   *
   * @return when the last byte was handed to the socket; fails before the head is written where the
   *     blob is no longer here, and after a cut
   */
  Future<Void> send(BlobLocation location, ByteRange range, HttpServerRequest request);
}
