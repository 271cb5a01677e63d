package dev.sluice.gateway.registry;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Journey.Stage;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.Span.Kind;
import dev.sluice.fetcher.Tracing;
import dev.sluice.fetcher.Via;
import dev.sluice.gateway.HangUp;
import dev.sluice.gateway.Pull;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** One request of a client and the answer to it. */
final class Exchange {

  private final HttpServerRequest request;
  private final String id;
  private final long started = System.nanoTime();
  private String operation = "malformed";
  private String cache = "none";
  private long bodyBytes = -1;
  private String principal = "-";
  private PullRequest asked;
  private String path;
  private Namespace namespace;
  private long answerNanos;
  private Span span = Span.NONE;
  private Journey journey;

  /**
   * @param id by which it is found in the log
   */
  Exchange(HttpServerRequest request, String id) {
    this.request = request;
    this.id = id;
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
    cache = "none";
    bodyBytes = -1;
    response().setStatusCode(200).headers().clear();
    response()
        .putHeader("Docker-Distribution-Api-Version", "registry/2.0")
        .putHeader(RequestIds.HEADER, id);
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
    path = ours;
    namespace = theirs;
    begin();
  }

  /** The path of what is asked by our name; null where the client came by that. */
  String pathByName() {
    return path;
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

  /** Notes what is asked, for logs, metrics and traces. */
  void is(PullRequest what, Tracing tracing) {
    asked = what;
    operation = what.operation();
    span = tracing.begin(request.method() + " " + operation, Kind.SERVER, request::getHeader);
  }

  /** What is asked; null where that was not understood. */
  PullRequest asked() {
    return asked;
  }

  /** This request's part of its trace. */
  Span span() {
    return span;
  }

  String id() {
    return id;
  }

  String principal() {
    return principal;
  }

  /** Asks for what is not known here at once; what is waited for counts as this request's. */
  <T> Future<T> ask(Supplier<Future<T>> question) {
    if (journey == null) {
      journey = new Journey(span, Via.read(request.headers().getAll("Via")));
    }
    return journey
        .<Future<T>, RuntimeException>take(question::get)
        .map(
            answer -> {
              answerNanos = System.nanoTime() - started;
              return answer;
            });
  }

  private long waited(Stage stage) {
    return journey == null ? 0 : journey.spent(stage);
  }

  /** Notes who asks. */
  void by(String name) {
    principal = name;
  }

  /** What there is to tell of it once it has ended; null where no content was asked for. */
  Pull pull(long endedAt, long bytes, long nanos) {
    Object reference =
        switch (asked) {
          case PullRequest.Manifest manifest -> manifest.reference();
          case PullRequest.Blob blob -> blob.digest();
          case PullRequest.Tags _ -> "";
          case null, default -> null;
        };
    return reference == null
        ? null
        : new Pull(
            endedAt,
            request.remoteAddress(),
            principal,
            operation,
            asked.repository(),
            reference,
            response().getStatusCode(),
            cache,
            bytes,
            nanos,
            answerNanos,
            waited(Stage.QUEUE),
            waited(Stage.TOKEN));
  }

  String operation() {
    return operation;
  }

  /** Tells the client what it took. */
  void tookFrom(Provenance provenance) {
    cache = provenance.name().toLowerCase(Locale.ROOT);
    response().putHeader("X-Cache", cache);
  }

  String cache() {
    return cache;
  }

  /** Notes the length of a body that does not pass through the response itself. */
  void carries(long bytes) {
    bodyBytes = bytes;
  }

  /**
   * How much of a body the client got, as far as this is known: of a body that was cut, only what
   * passed through the response itself is counted.
   */
  long bytesSent(boolean whole) {
    return whole && bodyBytes >= 0 ? bodyBytes : response().bytesWritten();
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - started);
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
