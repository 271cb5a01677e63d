package dev.sluice.storage.s3;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Stands before a server, and does to some requests what networks and servers do. */
final class FaultyGate implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final HttpServer server = vertx.createHttpServer().requestHandler(this::pass);
  private final URI target;
  private final AtomicReference<Fault> fault = new AtomicReference<>();

  private record Fault(Predicate<HttpServerRequest> of, AtomicInteger times, Deed deed) {}

  /** What befalls a request. */
  interface Deed {
    void befall(FaultyGate gate, HttpServerRequest request);
  }

  FaultyGate(URI target) throws Exception {
    this.target = target;
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** Does that to the next requests that are so. */
  void next(int times, Predicate<HttpServerRequest> of, Deed deed) {
    fault.set(new Fault(of, new AtomicInteger(times), deed));
  }

  /** How often it is still to be done. */
  int left() {
    return fault.get().times.get();
  }

  static boolean isWrite(HttpServerRequest request) {
    return request.method().equals(HttpMethod.PUT);
  }

  /** An answer as Amazon S3's for errors. */
  static Deed answer(int status, String code) {
    return (gate, request) ->
        request
            .body()
            .onComplete(
                read ->
                    request
                        .response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", "application/xml")
                        .end("<Error><Code>" + code + "</Code><Message>no</Message></Error>"));
  }

  /** Gives the server some of the body, and then cuts both connections. */
  static Deed cutBody(long after) {
    return (gate, request) ->
        gate.ask(
            request,
            asked -> {
              long[] count = {0};
              request.handler(
                  bytes -> {
                    asked.write(bytes);
                    count[0] += bytes.length();
                    if (count[0] > after) {
                      asked.connection().close();
                      request.connection().close();
                    }
                  });
              request.resume();
            });
  }

  /** Gives the client some of the answer's body, and then cuts its connection. */
  static Deed cutAnswer(long after) {
    return (gate, request) ->
        gate.ask(
            request,
            asked ->
                asked
                    .send(request)
                    .onSuccess(
                        answer -> {
                          head(request, answer);
                          long[] count = {0};
                          answer.handler(
                              bytes -> {
                                request.response().write(bytes);
                                count[0] += bytes.length();
                                if (count[0] > after) {
                                  request.connection().close();
                                }
                              });
                        }));
  }

  /** Lets the server do all, and loses its answer. */
  static Deed loseAnswer() {
    return (gate, request) ->
        gate.ask(
            request,
            asked ->
                asked
                    .send(request)
                    .compose(HttpClientResponse::body)
                    .onComplete(done -> request.connection().close()));
  }

  /** Never answers. */
  static Deed silence() {
    return (gate, request) -> request.resume();
  }

  private void pass(HttpServerRequest request) {
    request.pause();
    Fault next = fault.get();
    if (next != null && next.of.test(request) && next.times.getAndDecrement() > 0) {
      next.deed.befall(this, request);
      request.resume();
      return;
    }
    ask(request, asked -> asked.send(request).onSuccess(answer -> relay(request, answer)));
  }

  private void ask(HttpServerRequest request, io.vertx.core.Handler<HttpClientRequest> then) {
    client
        .request(
            new RequestOptions()
                .setMethod(request.method())
                .setHost(target.getHost())
                .setPort(target.getPort())
                .setURI(request.uri()))
        .onSuccess(
            asked -> {
              asked.headers().setAll(request.headers());
              then.handle(asked);
            });
  }

  private static void head(HttpServerRequest request, HttpClientResponse answer) {
    request.response().setStatusCode(answer.statusCode()).headers().setAll(answer.headers());
  }

  private static void relay(HttpServerRequest request, HttpClientResponse answer) {
    head(request, answer);
    if (request.method().equals(HttpMethod.HEAD)) {
      answer.resume();
      request.response().end();
    } else {
      request.response().send(answer);
    }
  }

  @Override
  public void close() throws java.io.IOException {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception stuck) {
      throw new java.io.IOException(stuck);
    }
  }
}
