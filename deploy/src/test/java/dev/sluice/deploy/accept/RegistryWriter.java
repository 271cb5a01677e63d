package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Writes blobs and manifests of any kind into one repository of a registry, byte for byte. */
final class RegistryWriter implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI repository;

  /**
   * @param endpoint of the registry, without a slash at the end
   */
  RegistryWriter(String endpoint, String repository) {
    this.repository = URI.create(endpoint + "/v2/" + repository + '/');
  }

  /**
   * Uploads a blob.
   *
   * @return its descriptor
   */
  String blob(String mediaType, byte[] bytes) throws IOException, InterruptedException {
    String digest = Sha256.of(bytes);
    var begun = send(request("blobs/uploads/").POST(BodyPublishers.noBody()));
    URI upload = repository.resolve(begun.headers().firstValue("Location").orElseThrow());
    String mark = upload.getRawQuery() == null ? "?" : "&";
    send(
        HttpRequest.newBuilder(URI.create(upload + mark + "digest=" + digest))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(bytes)));
    return descriptor(mediaType, bytes, "");
  }

  /** Writes a manifest under a tag. */
  void manifest(String tag, String mediaType, String json)
      throws IOException, InterruptedException {
    send(
        request("manifests/" + tag)
            .header("Content-Type", mediaType)
            .PUT(BodyPublishers.ofString(json)));
  }

  /** The descriptor of some content, with these further fields. */
  static String descriptor(String mediaType, byte[] bytes, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(mediaType, Sha256.of(bytes), bytes.length, more);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(repository.resolve(path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode())
        .as("%s", new String(answer.body(), StandardCharsets.UTF_8))
        .isBetween(200, 299);
    return answer;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
