package dev.sluice.gateway.registry;

import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.registry.RangeHeader.Part;
import dev.sluice.gateway.registry.RangeHeader.Unsatisfiable;
import dev.sluice.gateway.registry.RangeHeader.Whole;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.OptionalLong;

/** Writes the answer to a blob request: its headers, the range that is asked for, its bytes. */
final class BlobAnswering {

  private static final String OCTETS = "application/octet-stream";

  private final Blobs blobs;

  BlobAnswering(Blobs blobs) {
    this.blobs = blobs;
  }

  /** Sends a blob, whole or in part. */
  Future<Void> send(Exchange exchange, BlobLocation blob, Provenance how) {
    exchange.tookFrom(how);
    String etag = describe(exchange, blob.digest());
    if (Etag.matches(exchange.header(HttpHeaders.IF_NONE_MATCH), etag)) {
      return exchange.response().setStatusCode(304).end();
    }
    if (blob.size().isEmpty()) {
      return chunked(exchange, blob);
    }
    long size = blob.size().getAsLong();
    return switch (range(exchange, etag, size)) {
      case Whole() -> {
        length(exchange, size);
        yield body(exchange, blob, ByteRange.whole(size));
      }
      case Part(var range) -> {
        length(exchange, range.length());
        exchange
            .response()
            .setStatusCode(206)
            .putHeader(
                HttpHeaders.CONTENT_RANGE,
                "bytes " + range.offset() + '-' + (range.end() - 1) + '/' + size);
        yield body(exchange, blob, range);
      }
      case Unsatisfiable() -> unsatisfiable(exchange, size);
    };
  }

  /** Sends a blob whose length upstream did not say; a range of it cannot be answered. */
  private Future<Void> chunked(Exchange exchange, BlobLocation blob) {
    if (exchange.request().version() == HttpVersion.HTTP_1_0 && !exchange.isHead()) {
      // Without chunks a body that was cut would look like a whole one.
      exchange.begin();
      return exchange.refuse(OciError.unsized());
    }
    exchange.response().putHeader(HttpHeaders.CONTENT_TYPE, OCTETS);
    return body(exchange, blob, ByteRange.whole(Long.MAX_VALUE));
  }

  /** Answers the HEAD of a blob that is not here. */
  Future<Void> headOnly(Exchange exchange, Digest digest, OptionalLong size) {
    exchange.tookFrom(Provenance.MISS);
    String etag = describe(exchange, digest);
    if (Etag.matches(exchange.header(HttpHeaders.IF_NONE_MATCH), etag)) {
      return exchange.response().setStatusCode(304).end();
    }
    exchange.response().putHeader(HttpHeaders.CONTENT_TYPE, OCTETS);
    size.ifPresent(bytes -> length(exchange, bytes));
    return exchange.response().end();
  }

  /**
   * Sends the client to where it can read a blob by itself. The link is as good as a password for
   * as long as it holds, so nobody is to keep it.
   */
  Future<Void> elsewhere(Exchange exchange, Digest digest, URI link) {
    exchange.tookFrom(Provenance.HIT);
    exchange
        .response()
        .setStatusCode(307)
        .putHeader("Docker-Content-Digest", digest.toString())
        .putHeader(HttpHeaders.LOCATION, link.toString())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_LENGTH, "0");
    return exchange.response().end();
  }

  private static String describe(Exchange exchange, Digest digest) {
    String etag = Etag.of(digest);
    exchange
        .response()
        .putHeader("Docker-Content-Digest", digest.toString())
        .putHeader(HttpHeaders.ETAG, etag)
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    return etag;
  }

  private static void length(Exchange exchange, long bytes) {
    exchange
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, OCTETS)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes));
  }

  /** A range counts for GET only, and under {@code If-Range} only for the very same bytes. */
  private static RangeHeader range(Exchange exchange, String etag, long size) {
    String condition = exchange.header("If-Range");
    boolean counts = !exchange.isHead() && (condition == null || condition.equals(etag));
    return counts ? RangeHeader.parse(exchange.header("Range"), size) : new Whole();
  }

  private Future<Void> body(Exchange exchange, BlobLocation blob, ByteRange range) {
    if (exchange.isHead()) {
      return exchange.response().end();
    }
    if (blob.size().isPresent()) {
      exchange.notes().carries(range.length());
    }
    return blobs.send(blob, range, exchange.request());
  }

  private static Future<Void> unsatisfiable(Exchange exchange, long size) {
    exchange.response().putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
    return exchange.refuse(
        new OciError(
            416, "RANGE_INVALID", "the blob has " + size + " bytes; ask for one range of them"));
  }
}
