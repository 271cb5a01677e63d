package dev.sluice.fetcher.fake;

import java.util.Optional;

/**
 * A request and how far its answer has come.
 *
 * @param bytesSent of the body, handed to the socket so far
 * @param finished whether the answer has ended, well or not
 */
public record RecordedRequest(Request request, long bytesSent, boolean finished) {

  /** The port it came in by. */
  public Listener listener() {
    return request.listener();
  }

  /** The number of its connection, from 1. */
  public int connection() {
    return request.connection();
  }

  /** GET, HEAD or other. */
  public String method() {
    return request.method();
  }

  /** As sent, without the query. */
  public String path() {
    return request.path();
  }

  /** As sent, empty where there is none. */
  public String query() {
    return request.query();
  }

  /** All header fields. */
  public Headers headers() {
    return request.headers();
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return request.header(name);
  }

  @Override
  public String toString() {
    String target = query().isEmpty() ? path() : path() + '?' + query();
    return listener() + " " + method() + ' ' + target + " (" + bytesSent + " bytes sent)";
  }
}
