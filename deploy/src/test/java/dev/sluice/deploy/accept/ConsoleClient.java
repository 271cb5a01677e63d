package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;

/** A browser's side of the console, without its pages. */
final class ConsoleClient implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SluiceNode node;
  private String session = "";

  ConsoleClient(SluiceNode node) {
    this.node = node;
  }

  /** The same session towards another node. */
  ConsoleClient(SluiceNode node, ConsoleClient other) {
    this.node = node;
    this.session = other.session;
  }

  /** Logs in; the status of the answer. */
  int login(String name, String password) throws IOException, InterruptedException {
    JsonObject body = new JsonObject().put("name", name).put("password", password);
    HttpResponse<String> answer = post("/api/v1/session", body);
    answer
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(cookie -> session = cookie.split(";", 2)[0]);
    return answer.statusCode();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  /** The body of an answer that must be good. */
  JsonObject json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  HttpResponse<String> post(String path, JsonObject body) throws IOException, InterruptedException {
    return http.send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Origin", "http://" + node.registry())
            .POST(BodyPublishers.ofString(body.encode()))
            .build(),
        BodyHandlers.ofString());
  }

  /** The lines of the events, as they come. */
  Stream<String> events() throws IOException, InterruptedException {
    HttpResponse<Stream<String>> answer =
        http.send(request("/api/v1/events").build(), BodyHandlers.ofLines());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + node.registry() + path))
            .timeout(Duration.ofSeconds(30));
    return session.isEmpty() ? request : request.header("Cookie", session);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
