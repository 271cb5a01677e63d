package dev.sluice.storage.peer;

import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers peers: what this node has of a blob, or how far it is. Whoever is no peer learns nothing
 * and is hung up on.
 */
public final class BlobAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(BlobAnswers.class);

  private final Blobs blobs;
  private final PeerCheck check;
  private final LongAdder sent = new LongAdder();

  /** Shared by all event loops, so that no request passes twice. */
  public BlobAnswers(Blobs blobs, PeerSecret secret, Clock clock) {
    this.blobs = blobs;
    this.check = new PeerCheck(secret, clock);
  }

  /**
   * Answers a request, whatever it is.
   *
   * @return whether a peer has sent it
   */
  boolean handle(HttpServerRequest request) {
    Optional<PeerRequest> asked = read(request);
    if (asked.isEmpty() || !check.passes(asked.get(), header(request, HttpHeaders.AUTHORIZATION))) {
      refuse(request, 401);
      return false;
    }
    Future.succeededFuture()
        .compose(turn -> answer(request, asked.get()))
        .onFailure(failure -> giveUp(request, failure));
    return true;
  }

  /** Turns a request away without a word, and hangs up. */
  static void refuse(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response();
    response.headers().clear();
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end()
        .onComplete(end -> request.connection().close());
  }

  /** Empty where the request has a form that no peer uses. */
  private static Optional<PeerRequest> read(HttpServerRequest request) {
    boolean plain =
        request.version() == HttpVersion.HTTP_1_1
            && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
            && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            && request.headers().getAll(PeerRequest.RANGE).size() <= 1
            && request.headers().getAll(HttpHeaders.AUTHORIZATION).size() == 1;
    return plain
        ? Optional.of(
            new PeerRequest(request.method(), request.uri(), header(request, PeerRequest.RANGE)))
        : Optional.empty();
  }

  private static String header(HttpServerRequest request, CharSequence name) {
    List<String> values = request.headers().getAll(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  private Future<Void> answer(HttpServerRequest request, PeerRequest asked) {
    OptionalLong offset = asked.offset();
    Optional<Digest> digest = asked.digest();
    if (offset.isEmpty() || digest.isEmpty()) {
      refuse(request, 404);
      return Future.succeededFuture();
    }
    Optional<BlobLocation> blob = blobs.find(digest.get());
    if (blob.isEmpty()) {
      return none(request);
    }
    return asked.method().equals(HttpMethod.HEAD)
        ? tell(request, blob.get())
        : send(request, blob.get(), offset.getAsLong());
  }

  private Future<Void> tell(HttpServerRequest request, BlobLocation blob) {
    OptionalLong readable = blobs.readable(blob.digest());
    if (readable.isEmpty()) {
      return none(request);
    }
    boolean stored = blob instanceof BlobLocation.Stored;
    new Progress(stored, readable.getAsLong(), blob.size()).write(request.response().headers());
    return request.response().end();
  }

  private Future<Void> send(HttpServerRequest request, BlobLocation blob, long offset) {
    if (offset > 0 && blob.size().isPresent() && offset >= blob.size().getAsLong()) {
      return none(request);
    }
    Part part = new Part(offset, blob.size());
    part.write(request.response().setStatusCode(part.status()).headers());
    long length = part.length().orElse(Long.MAX_VALUE - offset);
    return blobs
        .send(blob, new ByteRange(offset, length), request)
        // A body from a file passes the response by; of one that was cut less is known.
        .onComplete(
            whole -> sent.add(part.length().orElseGet(request.response()::bytesWritten)),
            cut -> sent.add(request.response().bytesWritten()));
  }

  /** How many bytes of blobs were sent to other nodes. */
  public long sentBytes() {
    return sent.sum();
  }

  /** A peer that asks for what is not here may ask for something else. */
  private static Future<Void> none(HttpServerRequest request) {
    request.response().headers().clear();
    return request.response().setStatusCode(404).putHeader(HttpHeaders.CONTENT_LENGTH, "0").end();
  }

  /** A failure before the head is a blob that is here no longer, or a bug; after it, a cut. */
  private static void giveUp(HttpServerRequest request, Throwable failure) {
    if (request.response().headWritten() || request.response().closed()) {
      return;
    }
    if (failure instanceof NoSuchFileException) {
      none(request);
      return;
    }
    LOG.error("cannot answer a peer", failure);
    refuse(request, 500);
  }
}
