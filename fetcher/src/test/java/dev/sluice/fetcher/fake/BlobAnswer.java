package dev.sluice.fetcher.fake;

import java.util.Optional;

/** The right answer for a blob that is there: whole, a range of it, or 304. */
final class BlobAnswer {
  private BlobAnswer() {}

  static Reply to(Request request, String digest, Content blob) {
    String etag = '"' + digest + '"';
    if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
      return Reply.bodyless(304).header("ETag", etag);
    }
    Optional<String> range =
        request
            .header("Range")
            .filter(ByteSpan::isSingle)
            .filter(_ -> request.header("If-Range").map(etag::equals).orElse(true));
    return range
        .map(header -> part(header, blob))
        .orElseGet(() -> Reply.of(200, "application/octet-stream", blob))
        .header("Accept-Ranges", "bytes")
        .header("ETag", etag)
        .header("Docker-Content-Digest", digest);
  }

  private static Reply part(String range, Content blob) {
    Optional<ByteSpan> span = ByteSpan.parse(range, blob.size());
    if (span.isEmpty()) {
      return Reply.bodyless(416).header("Content-Range", "bytes */" + blob.size());
    }
    long from = span.get().from();
    long last = from + span.get().length() - 1;
    return Reply.of(206, "application/octet-stream", blob.slice(from, span.get().length()))
        .header("Content-Range", "bytes " + from + '-' + last + '/' + blob.size());
  }
}
