package dev.sluice.deploy.accept;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy before one upstream, which notes each request. */
final class CountingProxy implements AutoCloseable {
  /** Headers that java.net.http sets by itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "connection", "content-length", "upgrade", "expect", "http2-settings");

  /** A request as it arrived, whatever became of it. */
  record Request(String method, String path) {}

  private final String upstream;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Request> delivered = new CopyOnWriteArrayList<>();

  private CountingProxy(String upstream) throws IOException {
    this.upstream = upstream;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Starts a proxy in front of the endpoint, such as {@code http://127.0.0.1:5555}. */
  static CountingProxy before(String endpoint) throws IOException {
    var proxy = new CountingProxy(endpoint);
    proxy.server.createContext("/", proxy::pass);
    proxy.server.setExecutor(proxy.threads);
    proxy.server.start();
    return proxy;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every request so far, in the order of their arrival. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Whether the proxy has passed the content with this digest to its end. */
  boolean hasFetched(String digest) {
    return delivered.stream()
        .anyMatch(request -> request.method().equals("GET") && request.path().endsWith(digest));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  private void pass(HttpExchange exchange) throws IOException {
    var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    requests.add(request);
    try (exchange) {
      HttpResponse<InputStream> answer =
          client.send(outgoing(exchange), BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        copyHeaders(answer, exchange);
        exchange.sendResponseHeaders(answer.statusCode(), length(exchange, answer));
        body.transferTo(exchange.getResponseBody());
      }
      delivered.add(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest outgoing(HttpExchange exchange) {
    var request =
        HttpRequest.newBuilder(URI.create(upstream + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.noBody());
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static void copyHeaders(HttpResponse<?> answer, HttpExchange exchange) {
    answer
        .headers()
        .map()
        .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
  }

  /** -1 means no body to the JDK's server, which then keeps the Content-Length of a HEAD. */
  private static long length(HttpExchange exchange, HttpResponse<?> answer) {
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(0);
    return exchange.getRequestMethod().equals("HEAD") || length == 0 ? -1 : length;
  }
}
