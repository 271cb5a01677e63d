package dev.sluice.fetcher.upstream;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code WWW-Authenticate} challenge (RFC 9110 section 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

  /** The challenge we can answer best: a Bearer one, else a Basic one; empty where neither came. */
  static Optional<Challenge> choose(List<String> headers) {
    List<Challenge> known =
        headers.stream().map(Challenge::parse).flatMap(Optional::stream).toList();
    return known.stream()
        .filter(challenge -> challenge.scheme.equals("bearer"))
        .findFirst()
        .or(() -> known.stream().filter(c -> c.scheme.equals("basic")).findFirst());
  }

  /** Reads one header value; empty where it is not {@code scheme name=value, ...}. */
  static Optional<Challenge> parse(String header) {
    String text = header.strip();
    int space = text.indexOf(' ');
    String scheme = (space < 0 ? text : text.substring(0, space)).toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new HashMap<>();
    int at = space < 0 ? text.length() : space + 1;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        return Optional.empty();
      }
      String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
      StringBuilder value = new StringBuilder();
      at = readValue(text, equals + 1, value);
      if (at < 0 || name.isEmpty()) {
        return Optional.empty();
      }
      parameters.put(name, value.toString());
    }
    return scheme.isEmpty() ? Optional.empty() : Optional.of(new Challenge(scheme, parameters));
  }

  /** Reads a token or a quoted string and the comma behind it; -1 where a quote is not closed. */
  private static int readValue(String text, int start, StringBuilder value) {
    int at = start;
    if (at < text.length() && text.charAt(at) == '"') {
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
      }
      if (at >= text.length()) {
        return -1;
      }
    }
    int comma = text.indexOf(',', at);
    int end = comma < 0 ? text.length() : comma;
    if (value.isEmpty() && at == start) {
      value.append(text.substring(start, end).strip());
    }
    return comma < 0 ? text.length() : comma + 1;
  }

  /** A parameter; empty where the challenge has none of that name. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
