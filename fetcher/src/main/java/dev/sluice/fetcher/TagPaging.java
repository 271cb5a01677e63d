package dev.sluice.fetcher;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The paging parameters of a tags list that may pass between a client and an upstream: {@code n}
 * and {@code last} of the distribution spec, and the opaque {@code next_page} that quay.io uses.
 * Values are plain characters and escapes only, so that none can leave a URL or a header.
 */
public final class TagPaging {

  /** The most tags asked of an upstream at once. */
  public static final int MAX_PAGE = 1000;

  private static final int MAX_VALUE_LENGTH = 1024;

  /** Tokens of quay.io end in an escaped {@code =}; escapes stay as they are. */
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

  private TagPaging() {}

  /**
   * Reads a raw query such as {@code n=10&last=v1}; unknown parameters are dropped, {@code n} is
   * capped.
   *
   * @return empty where a known parameter has a value that is not allowed
   */
  public static Optional<Map<String, String>> parse(String query) {
    Map<String, String> paging = new TreeMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      switch (name) {
        case "n" -> {
          if (value.isEmpty()
              || value.length() > 18
              || !value.chars().allMatch(TagPaging::isDigit)) {
            return Optional.empty();
          }
          paging.put(name, Long.toString(Math.min(Long.parseLong(value), MAX_PAGE)));
        }
        case "last", "next_page" -> {
          if (value.length() > MAX_VALUE_LENGTH || !isPlain(value)) {
            return Optional.empty();
          }
          paging.put(name, value);
        }
        default -> {}
      }
    }
    return Optional.of(paging);
  }

  /** The parameters as a raw query, in a settled order; empty where there are none. */
  public static String format(Map<String, String> paging) {
    StringBuilder query = new StringBuilder();
    new TreeMap<>(paging)
        .forEach(
            (name, value) ->
                query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(value));
    return query.toString();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isPlain(String value) {
    return ESCAPE.matcher(value).replaceAll("").chars().allMatch(TagPaging::isPlain);
  }

  private static boolean isPlain(int c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '.'
        || c == '_'
        || c == '-'
        || c == '~';
  }
}
