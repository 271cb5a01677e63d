package dev.sluice.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop, and which of them have gone on for long enough. A head that
 * comes byte by byte keeps a connection from being idle, so what counts is when it is whole.
 */
final class Connections {

  private static final long LAST_WORD_SECONDS = 1;

  private final Entrance.Limits limits;
  private final Duration patience;
  private final ConcurrentMap<String, Integer> byAddress;
  private final Map<HttpConnection, State> open = new HashMap<>();

  private static final class State {
    private long waitsSince = System.nanoTime();
    private int underWay;
    private int requests;

    boolean isOverdue(long now, Entrance.Limits limits, Duration patience) {
      Duration most = requests == 0 ? limits.headTime() : patience;
      return underWay == 0 && now - waitsSince > most.toNanos();
    }
  }

  /**
   * @param patience until the head of a connection's next request is whole
   * @param byAddress how many there are of each address, on all event loops
   */
  Connections(Entrance.Limits limits, Duration patience, ConcurrentMap<String, Integer> byAddress) {
    this.limits = limits;
    this.patience = patience;
    this.byAddress = byAddress;
  }

  /** A client has connected; one of too many from its address is sent away unheard. */
  void meet(HttpConnection connection) {
    String address = connection.remoteAddress().hostAddress();
    if (byAddress.merge(address, 1, Integer::sum) > limits.connectionsPerAddress()) {
      gone(address);
      connection.close();
      return;
    }
    open.put(connection, new State());
    connection.closeHandler(
        closed -> {
          open.remove(connection);
          gone(address);
        });
  }

  private void gone(String address) {
    byAddress.compute(address, (_, count) -> count == null || count <= 1 ? null : count - 1);
  }

  /** The head of a request is whole. */
  void heard(HttpServerRequest request) {
    State state = open.get(request.connection());
    if (state == null) {
      return;
    }
    state.underWay++;
    state.requests++;
    boolean isLast =
        state.requests >= limits.requestsPerConnection() && request.version() != HttpVersion.HTTP_2;
    if (isLast) {
      // At the last moment: an answer that is begun anew forgets what was said before.
      request
          .response()
          .headersEndHandler(
              head -> request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    }
    request
        .response()
        .endHandler(
            ended -> {
              state.underWay--;
              state.waitsSince = System.nanoTime();
              if (isLast) {
                request.connection().shutdown(LAST_WORD_SECONDS, TimeUnit.SECONDS);
              }
            });
  }

  /** Closes those that keep us waiting. */
  void closeOverdue() {
    long now = System.nanoTime();
    List<HttpConnection> overdue = new ArrayList<>();
    open.forEach(
        (connection, state) -> {
          if (state.isOverdue(now, limits, patience)) {
            overdue.add(connection);
          }
        });
    overdue.forEach(HttpConnection::close);
  }
}
