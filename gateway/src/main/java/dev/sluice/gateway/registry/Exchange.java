package dev.sluice.gateway.registry;

import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.HangUp;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;

/** One request of a client and the answer to it. */
final class Exchange {

  private final HttpServerRequest request;
  private final RequestNotes notes;
  private Namespace namespace;

  /**
   * @param id by which it is found in the log
   */
  Exchange(HttpServerRequest request, String id) {
    this.request = request;
    this.notes = new RequestNotes(request, id);
  }

  /** What there is to tell of it. */
  RequestNotes notes() {
    return notes;
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return request.response();
  }

  boolean isHead() {
    return request.method().equals(HttpMethod.HEAD);
  }

  /** The client's end of the connection. */
  String address() {
    return request.remoteAddress().hostAddress();
  }

  /** A header of the request; null where there is none. */
  String header(CharSequence name) {
    return request.getHeader(name);
  }

  /** Begins the answer, and begins it anew where something was said that no longer holds. */
  void begin() {
    notes.beginAnew();
    response().setStatusCode(200).headers().clear();
    response()
        .putHeader("Docker-Distribution-Api-Version", "registry/2.0")
        .putHeader(RequestIds.HEADER, notes.id());
    if (namespace != null) {
      response().putHeader(Namespace.HEADER, namespace.host());
    }
  }

  /**
   * Notes that the client came another way than by our name.
   *
   * @param ours the path below {@code /v2/} by that name
   * @param theirs the registry that the client named; null where it did not
   */
  void came(String ours, Namespace theirs) {
    notes.byName(ours);
    namespace = theirs;
    begin();
  }

  /** A link to the next page, for {@code Link}: on the way that the client came. */
  String next(String query) {
    String more = namespace == null ? "" : "&ns=" + namespace.written();
    return '<' + request.path() + '?' + query + more + ">; rel=\"next\"";
  }

  /** Whether no other answer can be given any more. */
  boolean isTooLate() {
    return response().headWritten() || response().closed();
  }

  /** Tells the client what it took. */
  void tookFrom(Provenance provenance) {
    String cache = provenance.name().toLowerCase(Locale.ROOT);
    notes.from(cache);
    response().putHeader("X-Cache", cache);
  }

  /**
   * Tells the client that what it gets may be outdated (RFC 7234 section 5.5; the distribution
   * spec's form is {@code 299 - "text"}).
   */
  void warn(String reason) {
    StringBuilder text = new StringBuilder("299 - \"");
    reason
        .chars()
        .limit(200)
        .map(c -> c < ' ' || c > '~' || c == '"' || c == '\\' ? '\'' : c)
        .forEach(c -> text.append((char) c));
    response().putHeader("Warning", text.append('"').toString());
  }

  /** Answers with an error; its body is left out for HEAD, its length is not. */
  Future<Void> refuse(OciError error) {
    HttpServerResponse response = response();
    if (response.headWritten()) {
      return response.reset();
    }
    response.setStatusCode(error.status()).putHeader("Content-Type", "application/json");
    if (error.status() == OciError.LOOP) {
      // Docker and skopeo show this of a 5xx, and not its body; Vert.x does not know the status.
      response.setStatusMessage("Loop Detected");
    }
    if (error.retryAfter().isPositive()) {
      // Rounded up: who comes back a fraction early is refused once more.
      long seconds = error.retryAfter().plusNanos(999_999_999).toSeconds();
      response.putHeader("Retry-After", Long.toString(seconds));
    }
    var body = error.body();
    response.putHeader("Content-Length", Integer.toString(body.length()));
    return isHead() ? response.end() : response.end(body);
  }

  /** Answers with an error, and reads nothing more of this connection. */
  Future<Void> refuseAndHangUp(OciError error) {
    HangUp.after(request);
    return refuse(error);
  }
}
