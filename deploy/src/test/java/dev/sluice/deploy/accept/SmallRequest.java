package dev.sluice.deploy.accept;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A GET whose answer is small and known.
 *
 * @param digest of the bytes that must come
 */
record SmallRequest(String path, String digest) {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Asks once; empty where the right bytes came. */
  Optional<String> trouble(HttpClient http, int port) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(DEADLINE)
            .header("Accept", MediaTypes.ACCEPTED)
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      boolean isRight = answer.statusCode() == 200 && Sha256.of(answer.body()).equals(digest);
      return isRight ? Optional.empty() : Optional.of(path + ": " + said(answer));
    } catch (IOException broken) {
      return Optional.of(path + ": " + broken);
    }
  }

  private static String said(HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
    return answer.statusCode() + " " + body.substring(0, Math.min(200, body.length()));
  }
}
