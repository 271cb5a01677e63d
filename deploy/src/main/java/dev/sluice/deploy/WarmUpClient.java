package dev.sluice.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks a node about warm-ups, over HTTP; blocks. */
final class WarmUpClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PATH = "/api/v1/warm-ups";

  private final URI node;
  private final Optional<String> authorization;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** What a node said. */
  sealed interface Answer {}

  /** How a warm-up stands. */
  record State(JsonObject warmUp) implements Answer {}

  /** It does not do what it is asked; its reasons, a line for each. */
  record Refused(List<String> why) implements Answer {}

  /**
   * Asks nobody yet.
   *
   * @param authorization the value of that header
   */
  WarmUpClient(URI node, Optional<String> authorization) {
    this.node = node;
    this.authorization = authorization;
  }

  /**
   * The header's value for a login.
   *
   * @throws IOException where the password cannot be read
   */
  static String basic(WarmUpCommand.Login login) throws IOException {
    String password = Files.readString(login.passwordFile()).replaceFirst("\\R\\z", "");
    byte[] pair = (login.user() + ':' + password).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Asks for a warm-up. */
  Answer begin(JsonObject wish) throws IOException, InterruptedException {
    return send(
        request("")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(wish.encode()))
            .build());
  }

  /** Asks how one stands. */
  Answer now(String id) throws IOException, InterruptedException {
    return send(request('/' + id).build());
  }

  private HttpRequest.Builder request(String below) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + PATH + below)).timeout(PATIENCE);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    try {
      JsonObject json = new JsonObject(answer.body());
      return answer.statusCode() / 100 == 2
          ? new State(json)
          : new Refused(reasons(json.getJsonArray("errors")));
    } catch (DecodeException | ClassCastException | NullPointerException foreign) {
      throw new IOException(
          "status " + answer.statusCode() + ", and no answer of a node of Sluice", foreign);
    }
  }

  private static List<String> reasons(JsonArray errors) {
    return errors.stream()
        .map(JsonObject.class::cast)
        .map(error -> error.getString("message"))
        .collect(Collectors.toList());
  }

  @Override
  public void close() {
    http.close();
  }
}
