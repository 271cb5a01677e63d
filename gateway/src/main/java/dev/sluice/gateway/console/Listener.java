package dev.sluice.gateway.console;

import dev.sluice.gateway.access.Visitor;
import dev.sluice.gateway.api.ApiExchange;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** A browser that is told events, on the context of its connection. */
final class Listener {

  private static final int MOST_WAITING_BYTES = 256 << 10;

  private final Context context;
  private final ApiExchange exchange;
  private final HttpServerResponse response;
  private volatile Visitor visitor;
  private volatile Runnable gone = () -> {};
  private boolean isOver;

  Listener(Context context, ApiExchange exchange, Visitor visitor) {
    this.context = context;
    this.exchange = exchange;
    this.response = exchange.request().response();
    this.visitor = visitor;
  }

  /** Who listens, as they may now. */
  Visitor visitor() {
    return visitor;
  }

  /** Their grants have changed. */
  void is(Visitor now) {
    visitor = now;
  }

  /**
   * Sends the head.
   *
   * @param gone called when nobody listens any more
   */
  void begin(Runnable gone) {
    this.gone = gone;
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        // nginx would keep events until it has a page of them.
        .putHeader("X-Accel-Buffering", "no")
        .setChunked(true)
        .setWriteQueueMaxSize(MOST_WAITING_BYTES);
    response.exceptionHandler(_ -> gone.run());
    response.closeHandler(_ -> over(false));
    response.endHandler(_ -> over(true));
    exchange.request().resume();
    response.write("retry: 2000\n\n");
  }

  private void over(boolean isWhole) {
    gone.run();
    if (!isOver) {
      isOver = true;
      exchange.ended(isWhole);
    }
  }

  /**
   * Sends an event. Who has not taken the last ones by now is dropped, for they would pile up: what
   * waits already may still be taken until the connection counts as idle, and then it is cut.
   */
  void tell(String event) {
    context.runOnContext(
        _ -> {
          if (response.ended() || response.closed()) {
            return;
          }
          if (response.writeQueueFull()) {
            gone.run();
            exchange.request().connection().close();
          } else {
            response.write(event);
          }
        });
  }

  /** Nothing more comes. */
  void end() {
    context.runOnContext(
        _ -> {
          if (!response.ended() && !response.closed()) {
            response.end();
          }
        });
  }
}
