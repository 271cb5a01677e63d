package dev.sluice.storage.s3;

import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Digest;
import dev.sluice.storage.WrittenBlobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link is good for one blob, for reading, and for a moment. */
class S3LinksTest {

  private static final Duration MINUTE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private S3Server server;
  private S3BlobStore store;
  private Digest one;
  private Digest other;

  @BeforeEach
  void open() throws Exception {
    server = S3Server.start(folder);
    store = new S3BlobStore(server.bucket());
    one = write("one layer");
    other = write("another layer");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    server.close();
    client.close();
  }

  private Digest write(String text) throws IOException {
    return WrittenBlobs.write(store, text.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void aLinkReadsItsBlobWholeAndInPart() {
    URI link = store.link(one, MINUTE).orElseThrow();

    assertThat(send(HttpRequest.newBuilder(link)).body()).isEqualTo("one layer");
    HttpResponse<String> part = send(HttpRequest.newBuilder(link).header("Range", "bytes=4-6"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("lay");
  }

  @Test
  void aLinkIsGoodForNoOtherBlobAndNoOtherMethod() {
    URI link = store.link(one, MINUTE).orElseThrow();
    URI forged = URI.create(link.toString().replace(path(one), path(other)));

    assertThat(forged).isNotEqualTo(link);
    assertThat(send(HttpRequest.newBuilder(forged)).statusCode()).isEqualTo(403);
    assertThat(send(HttpRequest.newBuilder(link).DELETE()).statusCode()).isEqualTo(403);
    assertThat(send(HttpRequest.newBuilder(link).PUT(BodyPublishers.ofString("x"))).statusCode())
        .isEqualTo(403);
    assertThat(send(HttpRequest.newBuilder(link)).body()).isEqualTo("one layer");
  }

  private static String path(Digest digest) {
    return digest.hex().substring(0, 2) + '/' + digest.hex();
  }

  @Test
  void aLinkIsGoodForNoLongerThanItSays() {
    URI link = store.link(one, Duration.ofSeconds(1)).orElseThrow();

    until(() -> send(HttpRequest.newBuilder(link)).statusCode() == 403);
    assertThat(store.link(one, MINUTE).orElseThrow().getQuery()).contains("X-Amz-Expires=60");
    assertThatThrownBy(() -> store.link(one, MINUTE.plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
