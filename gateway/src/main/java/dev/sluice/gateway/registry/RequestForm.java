package dev.sluice.gateway.registry;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** What can be said of a request before anybody looks at what it asks. */
final class RequestForm {

  /** Clients send a dozen; their proxies add a few. */
  private static final int MOST_HEADERS = 100;

  private final HttpServerRequest request;

  RequestForm(HttpServerRequest request) {
    this.request = request;
  }

  /** Why it is not looked at; null where it may be. */
  OciError flaw() {
    int count = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      count++;
      if (header.getKey().isEmpty()) {
        return new OciError(400, "UNSUPPORTED", "a header has no name");
      }
    }
    return count <= MOST_HEADERS
        ? null
        : new OciError(431, "UNSUPPORTED", "send at most " + MOST_HEADERS + " headers");
  }

  /**
   * Whether its target is a path of this node: as it is, or in absolute form, which servers must
   * take (RFC 9112 section 3.2.2), for the very host that {@code Host} names.
   */
  boolean hasPath() {
    String uri = request.uri();
    if (request.path() == null || uri.startsWith("/")) {
      return request.path() != null;
    }
    String host = request.getHeader(HttpHeaders.HOST);
    return host != null
        && request.path().startsWith("/")
        && (uri.startsWith("http://" + host + '/') || uri.startsWith("https://" + host + '/'));
  }

  boolean isPull() {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /** Whether a client that pushes would send it. */
  boolean isPush() {
    String path = request.path();
    return !isPull() && (!hasBody() || path.contains("/blobs/") || path.contains("/manifests/"));
  }

  boolean hasBody() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
