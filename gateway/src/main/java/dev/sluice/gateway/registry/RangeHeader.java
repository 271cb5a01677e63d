package dev.sluice.gateway.registry;

import dev.sluice.storage.ByteRange;
import java.util.List;
import java.util.regex.Pattern;

/** What a {@code Range} header asks of a blob (RFC 9110 section 14.2). */
sealed interface RangeHeader {

  /** One run of bytes that has a beginning. */
  Pattern PLAIN = Pattern.compile("bytes=[0-9]{1,18}-[0-9]{0,18}");

  /** The whole blob. */
  record Whole() implements RangeHeader {}

  /** One part of it. */
  record Part(ByteRange range) implements RangeHeader {}

  /** A part that the blob does not have, or several parts, which we do not answer. */
  record Unsatisfiable() implements RangeHeader {}

  /**
   * Reads a header. One that is not a byte range is ignored, as the RFC demands; several ranges are
   * refused rather than answered with the whole, since who asks for parts has no use for that. An
   * empty blob has no parts: clients that ask for every blob from byte 0 on get it whole.
   *
   * @param header null where there was none
   * @param size of the blob in bytes
   */
  static RangeHeader parse(String header, long size) {
    if (header == null || size == 0 || !header.startsWith("bytes=")) {
      return new Whole();
    }
    String spec = header.substring("bytes=".length()).strip();
    int dash = spec.indexOf('-');
    if (spec.indexOf(',') >= 0) {
      return new Unsatisfiable();
    }
    if (dash < 0 || spec.length() == 1) {
      return new Whole();
    }
    String first = spec.substring(0, dash);
    String last = spec.substring(dash + 1);
    if (!isNumber(first) || !isNumber(last)) {
      return new Whole();
    }
    return first.isEmpty() ? suffix(number(last), size) : part(first, last, size);
  }

  /** Whether nothing is asked but the whole, or one run of bytes from some byte on. */
  static boolean isPlain(List<String> headers) {
    return headers.isEmpty()
        || (headers.size() == 1 && PLAIN.matcher(headers.getFirst()).matches());
  }

  private static RangeHeader suffix(long length, long size) {
    long taken = Math.min(length, size);
    return taken == 0 ? new Unsatisfiable() : new Part(new ByteRange(size - taken, taken));
  }

  private static RangeHeader part(String first, String last, long size) {
    long start = number(first);
    long end = last.isEmpty() ? size - 1 : Math.min(number(last), size - 1);
    if (!last.isEmpty() && number(last) < start) {
      return new Whole();
    }
    return start >= size ? new Unsatisfiable() : new Part(new ByteRange(start, end - start + 1));
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Digits past the range of a long name a byte that no blob has. */
  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
