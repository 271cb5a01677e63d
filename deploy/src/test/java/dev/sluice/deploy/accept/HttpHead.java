package dev.sluice.deploy.accept;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Start line and headers of an HTTP/1.1 message, read byte for byte so that the body is left alone.
 *
 * @param startLine empty when the connection ended before it
 * @param headers names in lower case
 */
record HttpHead(String startLine, Map<String, String> headers) {
  private static final String OPEN_RANGE = "bytes=";

  static HttpHead read(InputStream in) throws IOException {
    String startLine = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new HttpHead(startLine, headers);
  }

  /** Method and path of a request, such as {@code GET /v2/}. */
  String methodAndPath() {
    return startLine.substring(0, startLine.lastIndexOf(' '));
  }

  /** Status of an answer. */
  int status() {
    return Integer.parseInt(startLine.split(" ")[1]);
  }

  /** First byte that a request's Range asks for, 0 when it has none. */
  long rangeStart() {
    String range = headers.getOrDefault("range", OPEN_RANGE + "0-");
    return Long.parseLong(range.substring(OPEN_RANGE.length(), range.indexOf('-')));
  }

  /** Whether the sender wants no further message on this connection. */
  boolean endsConnection() {
    return "close".equalsIgnoreCase(headers.get("connection"));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
