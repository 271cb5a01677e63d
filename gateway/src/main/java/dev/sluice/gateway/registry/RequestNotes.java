package dev.sluice.gateway.registry;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Journey.Stage;
import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.Span.Kind;
import dev.sluice.fetcher.Tracing;
import dev.sluice.fetcher.Via;
import dev.sluice.gateway.Pull;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** What there is to tell of one request, for metrics, the log, traces and the console. */
final class RequestNotes {

  /** In place of where content came from. */
  static final String NO_CONTENT = "none";

  private final HttpServerRequest request;
  private final String id;
  private final long started = System.nanoTime();
  private String operation = "malformed";
  private String cache = NO_CONTENT;
  private long bodyBytes = -1;
  private String principal = "-";
  private PullRequest asked;
  private String pathByName;
  private long answerNanos;
  private Span span = Span.NONE;
  private Journey journey;

  RequestNotes(HttpServerRequest request, String id) {
    this.request = request;
    this.id = id;
  }

  /** What was said of the answer no longer holds. */
  void beginAnew() {
    cache = NO_CONTENT;
    bodyBytes = -1;
  }

  /** Notes what is asked. */
  void is(PullRequest what, Tracing tracing) {
    asked = what;
    operation = what.operation();
    span = tracing.begin(request.method() + " " + operation, Kind.SERVER, request::getHeader);
  }

  /** Notes who asks. */
  void by(String name) {
    principal = name;
  }

  /** Notes the path of what is asked by our name, where the client came by another. */
  void byName(String path) {
    pathByName = path;
  }

  /** Notes where content comes from. */
  void from(String provenance) {
    cache = provenance;
  }

  /** Notes the length of a body that does not pass through the response itself. */
  void carries(long bytes) {
    bodyBytes = bytes;
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

  /** For people to look at once it has ended; null where no content was asked for. */
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
            request.response().getStatusCode(),
            cache,
            bytes,
            nanos,
            answerNanos,
            waited(Stage.QUEUE),
            waited(Stage.TOKEN));
  }

  /**
   * How much of a body the client got, as far as this is known: of a body that was cut, only what
   * passed through the response itself is counted.
   */
  long bytesSent(boolean whole) {
    return whole && bodyBytes >= 0 ? bodyBytes : request.response().bytesWritten();
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  String id() {
    return id;
  }

  String operation() {
    return operation;
  }

  String cache() {
    return cache;
  }

  String principal() {
    return principal;
  }

  /** What is asked; null where that was not understood. */
  PullRequest asked() {
    return asked;
  }

  /** The path of what is asked by our name; null where the client came by that. */
  String pathByName() {
    return pathByName;
  }

  /** This request's part of its trace. */
  Span span() {
    return span;
  }
}
