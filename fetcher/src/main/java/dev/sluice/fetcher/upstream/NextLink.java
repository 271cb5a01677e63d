package dev.sluice.fetcher.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Link} headers of a paged answer, read for the page after it (RFC 8288; distribution
 * spec, "Pagination"). Of the target only the query is taken, so that it cannot lead anywhere else.
 */
final class NextLink {

  private static final Pattern RELATIONS =
      Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\",;\\s]+))", Pattern.CASE_INSENSITIVE);

  private static final String PLAIN = "-._~%&=";

  private NextLink() {}

  /**
   * The raw query of the next page.
   *
   * @param headers each may have several links
   * @return empty where none of them is to a next page; plain characters and escapes otherwise, as
   *     far as what came can be made that
   */
  static Optional<String> query(List<String> headers) {
    return headers.stream().map(NextLink::next).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> next(String header) {
    int open = header.indexOf('<');
    while (open >= 0) {
      int close = header.indexOf('>', open);
      if (close < 0) {
        return Optional.empty();
      }
      int end = endOfLink(header, close);
      if (isNext(header.substring(close + 1, end))) {
        return Optional.of(query(header.substring(open + 1, close)));
      }
      open = header.indexOf('<', end);
    }
    return Optional.empty();
  }

  /** The comma after a link's parameters; one within quotes is a character of its text. */
  private static int endOfLink(String header, int from) {
    boolean quoted = false;
    for (int at = from; at < header.length(); at++) {
      char c = header.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return at;
      }
    }
    return header.length();
  }

  private static boolean isNext(String parameters) {
    Matcher relations = RELATIONS.matcher(parameters);
    if (!relations.find()) {
      return false;
    }
    String names = relations.group(1) == null ? relations.group(2) : relations.group(1);
    return List.of(names.toLowerCase(Locale.ROOT).split("\\s+")).contains("next");
  }

  private static String query(String target) {
    String bare = target.replaceFirst("#.*$", "");
    StringBuilder query = new StringBuilder();
    boolean inValue = false;
    for (char c : bare.substring(bare.indexOf('?') + 1).toCharArray()) {
      // Some registries leave the slashes of a name and the padding of a token as they are.
      boolean plain = PLAIN.indexOf(c) >= 0 || (c < 0x7f && Character.isLetterOrDigit(c));
      boolean isPadding = c == '=' && inValue;
      inValue = c != '&' && (inValue || c == '=');
      if ((plain && !isPadding) || !isVisible(c)) {
        query.append(c);
      } else {
        query.append("%%%02X".formatted((int) c));
      }
    }
    return query.toString();
  }

  private static boolean isVisible(char c) {
    return c > ' ' && c < 0x7f;
  }
}
