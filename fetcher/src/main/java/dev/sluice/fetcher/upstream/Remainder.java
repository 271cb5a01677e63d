package dev.sluice.fetcher.upstream;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is missing of a blob.
 *
 * @param offset the first byte that is missing
 * @param size of the whole blob; empty where it is not known
 * @param validator the strong ETag of the answer that broke off; empty where it had none
 */
public record Remainder(long offset, OptionalLong size, Optional<String> validator) {

  Map<String, String> headers() {
    String range = "bytes=" + offset + '-';
    return validator
        .map(etag -> Map.of("Range", range, "If-Range", etag))
        .orElseGet(() -> Map.of("Range", range));
  }

  /** Whether a part is exactly this. */
  boolean is(ContentRange part) {
    return part.first() == offset
        && part.last() == part.size() - 1
        && size.orElse(part.size()) == part.size();
  }
}
