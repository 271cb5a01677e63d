package dev.sluice.fetcher.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request's head.
 *
 * @param connection numbers the connections of the whole fake, from 1
 * @param path as sent, without the query
 * @param query as sent, empty where there is none
 */
public record Request(
    Listener listener, int connection, String method, String path, String query, Headers headers) {

  /** Reads a head without its closing empty line. */
  static Request parse(Listener listener, int connection, String head) {
    String[] lines = head.split("\r\n", -1);
    String[] start = lines[0].split(" ", -1);
    if (start.length != 3) {
      throw new IllegalArgumentException("not a request line: " + lines[0]);
    }
    List<Headers.Field> fields = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("not a header: " + lines[i]);
      }
      fields.add(
          new Headers.Field(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
    }
    int mark = start[1].indexOf('?');
    String path = mark < 0 ? start[1] : start[1].substring(0, mark);
    String query = mark < 0 ? "" : start[1].substring(mark + 1);
    return new Request(listener, connection, start[0], path, query, new Headers(fields));
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.get(name);
  }

  /** Every decoded value of a query parameter. */
  public List<String> parameters(String name) {
    List<String> values = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + '=')) {
        values.add(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /**
   * Whether the connection ends with the answer; a request's body is not read, so it would be in
   * the way.
   */
  boolean endsConnection() {
    return header("Content-Length").isPresent()
        || header("Connection").filter("close"::equalsIgnoreCase).isPresent();
  }

  Request withPath(String other) {
    return new Request(listener, connection, method, other, query, headers);
  }

  Request withHeaders(Headers other) {
    return new Request(listener, connection, method, path, query, other);
  }
}
