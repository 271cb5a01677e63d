package dev.sluice.fetcher.fake;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A single range of a Range header, fitted to a size (RFC 9110, 14.1.2). */
record ByteSpan(long from, long length) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /** Whether the header is one that a server should look at; others it ignores. */
  static boolean isSingle(String header) {
    return SINGLE.matcher(header).matches() && !header.equals("bytes=-");
  }

  /** Empty where no byte of the content lies in the range. */
  static Optional<ByteSpan> parse(String header, long size) {
    Matcher matcher = SINGLE.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      long length = Math.min(Long.parseLong(last), size);
      return length == 0 ? Optional.empty() : Optional.of(new ByteSpan(size - length, length));
    }
    long from = Long.parseLong(first);
    long end = last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
    return from >= end ? Optional.empty() : Optional.of(new ByteSpan(from, end - from));
  }
}
