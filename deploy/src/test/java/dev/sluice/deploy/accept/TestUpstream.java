package dev.sluice.deploy.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A registry in this process that counts requests and sends blobs at a given pace. */
final class TestUpstream implements AutoCloseable {
  private final Map<String, Content> contents = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> traces = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Pace pace;
  private final ServerSocket listener;
  private volatile boolean down;
  private volatile String announced = "";

  private TestUpstream(Pace pace, ServerSocket listener) {
    this.pace = pace;
    this.listener = listener;
  }

  static TestUpstream start(Pace pace) throws IOException {
    var listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    var upstream = new TestUpstream(pace, listener);
    Thread.startVirtualThread(upstream::acceptAll);
    return upstream;
  }

  String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  int port() {
    return listener.getLocalPort();
  }

  Pace pace() {
    return pace;
  }

  /**
   * Serves an image with these layers under the tag {@code latest} of the repository.
   *
   * @return its manifest
   */
  Content publish(String repository, Content... layers) {
    var config =
        new TextContent(MediaTypes.CONFIG, "{\"architecture\":\"amd64\",\"os\":\"linux\"}");
    Content manifest = TextContent.manifestOf(config, layers);
    String path = "/v2/" + repository;
    contents.put(path + "/manifests/latest", manifest);
    contents.put(
        path + "/tags/list",
        new TextContent(
            "application/json", "{\"name\":\"%s\",\"tags\":[\"latest\"]}".formatted(repository)));
    contents.put(path + "/manifests/" + manifest.digest(), manifest);
    contents.put(path + "/blobs/" + config.digest(), config);
    for (Content layer : layers) {
      contents.put(path + "/blobs/" + layer.digest(), layer);
    }
    return manifest;
  }

  /**
   * Serves an index of an image that is here already, under the tag {@code latest} in its place.
   *
   * @param manifest of that image
   * @return the index
   */
  Content publishIndexOf(String repository, Content manifest) {
    Content index = TextContent.indexOf(manifest);
    contents.put("/v2/" + repository + "/manifests/latest", index);
    contents.put("/v2/" + repository + "/manifests/" + index.digest(), index);
    return index;
  }

  /** Adds these headers to the answers for everything that is here. */
  void announce(String... headers) {
    announced = String.join("\r\n", headers) + "\r\n";
  }

  /** How often this method and path were asked for so far, such as {@code GET /v2/}. */
  long count(String methodAndPath) {
    return requests.stream().filter(methodAndPath::equals).count();
  }

  /** How often each blob was asked for, whole or in part, by its digest. */
  Map<String, Long> blobGets() {
    String blobs = "/blobs/";
    return requests.stream()
        .filter(request -> request.startsWith("GET ") && request.contains(blobs))
        .map(request -> request.substring(request.indexOf(blobs) + blobs.length()))
        .collect(Collectors.groupingBy(digest -> digest, Collectors.counting()));
  }

  /** The {@code traceparent} of each request that had one. */
  List<String> traces() {
    return traces;
  }

  private void note(HttpHead request) {
    requests.add(request.methodAndPath());
    String trace = request.headers().get("traceparent");
    if (trace != null) {
      traces.add(trace);
    }
  }

  /** How many requests begin like this. */
  long countOf(String beginning) {
    return requests.stream().filter(request -> request.startsWith(beginning)).count();
  }

  /** Cuts every connection, and each new one at once, until {@link #resume}. */
  void stop() throws IOException {
    down = true;
    for (Socket connection : connections) {
      connection.close();
    }
  }

  void resume() {
    down = false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    stop();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = listener.accept();
        Thread.startVirtualThread(() -> serve(connection));
      }
    } catch (IOException e) {
      // The listener was closed: the test is over.
    }
  }

  private void serve(Socket connection) {
    connections.add(connection);
    try (connection) {
      connection.setTcpNoDelay(true);
      var exchange = new UpstreamExchange(connection, contents, pace, () -> announced);
      while (!down && exchange.serveOne(this::note)) {
        // The next request of a kept connection.
      }
    } catch (IOException e) {
      // The node cut the connection, or the test did.
    } finally {
      connections.remove(connection);
    }
  }
}
