package dev.sluice.storage.peer;

import dev.sluice.storage.Digest;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one node asks of another; all of it is signed.
 *
 * @param target path and query, as they are on the wire
 * @param range the {@code Range} header; empty where there is none
 */
record PeerRequest(HttpMethod method, String target, String range) {

  /** The header. */
  static final String RANGE = "Range";

  private static final String BLOBS = "/blobs/";

  /** No blob has a number of more digits. */
  private static final Pattern FROM = Pattern.compile("bytes=([0-9]{1,18})-");

  /** For a blob from this byte on. */
  static PeerRequest get(Digest digest, long offset) {
    String range = offset == 0 ? "" : "bytes=" + offset + '-';
    return new PeerRequest(HttpMethod.GET, BLOBS + digest, range);
  }

  /** For how far a blob is. */
  static PeerRequest head(Digest digest) {
    return new PeerRequest(HttpMethod.HEAD, BLOBS + digest, "");
  }

  /** Which blob is asked for; empty where something else is. */
  Optional<Digest> digest() {
    boolean known = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    return known && target.startsWith(BLOBS)
        ? Digest.parse(target.substring(BLOBS.length()))
        : Optional.empty();
  }

  /** The first byte that is asked for; empty where the range is none that we send. */
  OptionalLong offset() {
    Matcher from = FROM.matcher(range);
    if (range.isEmpty()) {
      return OptionalLong.of(0);
    }
    return from.matches() ? OptionalLong.of(Long.parseLong(from.group(1))) : OptionalLong.empty();
  }
}
