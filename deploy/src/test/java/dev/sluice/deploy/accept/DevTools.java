package dev.sluice.deploy.accept;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A connection that speaks the Chrome DevTools Protocol; sessions are told apart by their id. */
final class DevTools implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonObject>> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger();
  private final WebSocket socket;

  private DevTools(URI address) {
    socket = http.newWebSocketBuilder().buildAsync(address, new Incoming()).join();
  }

  static DevTools connect(URI address) {
    return new DevTools(address);
  }

  /** Has the events of a session told, on the connection's thread. */
  void listen(String session, Consumer<JsonObject> listener) {
    sessions.put(session, listener);
  }

  /** Calls a method of the browser itself. */
  JsonObject call(String method, JsonObject params) throws Exception {
    return call(method, params, "");
  }

  /** Calls a method and waits for its result. */
  JsonObject call(String method, JsonObject params, String session) throws Exception {
    try {
      return send(method, params, session).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException refused) {
      throw new IOException(method + ": " + refused.getCause().getMessage(), refused);
    } catch (TimeoutException silent) {
      throw new AssertionError("the browser does not answer " + method, silent);
    }
  }

  /** Calls a method whose result nobody waits for, such as within a listener. */
  synchronized CompletableFuture<JsonObject> send(
      String method, JsonObject params, String session) {
    int id = last.incrementAndGet();
    var answer = new CompletableFuture<JsonObject>();
    waiting.put(id, answer);
    JsonObject message = new JsonObject().put("id", id).put("method", method).put("params", params);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(message.encode(), true).join();
    return answer;
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private void receive(JsonObject message) {
    if (message.containsKey("id")) {
      CompletableFuture<JsonObject> answer = waiting.remove(message.getInteger("id"));
      JsonObject error = message.getJsonObject("error");
      if (error == null) {
        answer.complete(message.getJsonObject("result"));
      } else {
        answer.completeExceptionally(new IOException(error.encode()));
      }
    } else {
      sessions.getOrDefault(message.getString("sessionId", ""), _ -> {}).accept(message);
    }
  }

  /** Messages may come in parts. */
  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      text.append(data);
      if (isLast) {
        String whole = text.toString();
        text.setLength(0);
        receive(new JsonObject(whole));
      }
      from.request(1);
      return null;
    }
  }
}
