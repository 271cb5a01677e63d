package dev.sluice.storage.peer;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a blob an answer brings: everything from a byte on.
 *
 * @param size of the whole blob, in bytes; empty while nobody knows
 */
record Part(long offset, OptionalLong size) {

  /** An asterisk for the last byte is not in RFC 9110: no other recipient than ours sees it. */
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-(?:\\*/\\*|([0-9]{1,18})/([0-9]{1,18}))");

  /** How many bytes the answer's body has; empty while nobody knows. */
  OptionalLong length() {
    return size.isPresent() ? OptionalLong.of(size.getAsLong() - offset) : OptionalLong.empty();
  }

  /** 200 for a whole blob, 206 for a part. */
  int status() {
    return offset == 0 ? 200 : 206;
  }

  /** Puts this into an answer's headers. */
  void write(MultiMap headers) {
    length().ifPresent(bytes -> headers.set(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes)));
    if (offset > 0) {
      String rest = size.isPresent() ? size.getAsLong() - 1 + "/" + size.getAsLong() : "*/*";
      headers.set(HttpHeaders.CONTENT_RANGE, "bytes " + offset + '-' + rest);
    }
  }

  /** Reads it from an answer; empty where that is none of ours, or contradicts itself. */
  static Optional<Part> read(int status, MultiMap headers) {
    String range = headers.get(HttpHeaders.CONTENT_RANGE);
    OptionalLong length = Numbers.read(headers.get(HttpHeaders.CONTENT_LENGTH));
    boolean chunked = "chunked".equals(headers.get(HttpHeaders.TRANSFER_ENCODING));
    // A body that ends when its connection does could be cut unnoticed.
    if (length.isPresent() == chunked) {
      return Optional.empty();
    }
    if (status == 200 && range == null) {
      return Optional.of(new Part(0, length));
    }
    return status == 206 && range != null ? later(range, length) : Optional.empty();
  }

  private static Optional<Part> later(String range, OptionalLong length) {
    Matcher parts = CONTENT_RANGE.matcher(range);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long offset = Long.parseLong(parts.group(1));
    if (parts.group(3) == null) {
      return Optional.of(new Part(offset, OptionalLong.empty()));
    }
    long size = Long.parseLong(parts.group(3));
    boolean toTheEnd = Long.parseLong(parts.group(2)) == size - 1;
    return toTheEnd && length.equals(OptionalLong.of(size - offset))
        ? Optional.of(new Part(offset, OptionalLong.of(size)))
        : Optional.empty();
  }
}
