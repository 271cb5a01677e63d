package dev.sluice.fetcher.fake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A plain HTTP client that does nothing of itself: no redirects, no credentials, no retries. */
final class Browser implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpResponse<byte[]> get(String url, String... headers) throws IOException {
    return send("GET", url, headers);
  }

  HttpResponse<byte[]> head(String url) throws IOException {
    return send("HEAD", url);
  }

  HttpResponse<byte[]> send(String method, String url, String... headers) throws IOException {
    try {
      return client.send(request(method, url, headers), BodyHandlers.ofByteArray());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  CompletableFuture<HttpResponse<byte[]>> getLater(String url) {
    return client.sendAsync(request("GET", url), BodyHandlers.ofByteArray());
  }

  private static HttpRequest request(String method, String url, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(DEADLINE);
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
