package dev.sluice.fetcher.pull;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/**
 * Downloads, as the clients of registries do; it is no Vert.x, so that it can notice its faults.
 */
final class BlobClient implements AutoCloseable {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  CompletableFuture<Download> get(String url) {
    return send("GET", url);
  }

  CompletableFuture<Download> head(String url) {
    return send("HEAD", url);
  }

  private CompletableFuture<Download> send(String method, String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.noBody()).build();
    return client.sendAsync(request, BodyHandlers.ofInputStream()).thenApply(Download::new);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
