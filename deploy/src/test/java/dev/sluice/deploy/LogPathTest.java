package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.logging.Levels;
import dev.sluice.gateway.access.Anonymous;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Levels of this process, looked at and changed on a management port. */
class LogPathTest {

  private static final String OURS = "dev.sluice.deploy.config";

  private final Vertx vertx = Vertx.vertx();
  private final Levels levels = new Levels();
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() throws Exception {
    listen(Anonymous.LOOPBACK::allows);
  }

  private void listen(Predicate<String> mayChange) throws Exception {
    LogPath log = new LogPath(levels, mayChange);
    Management management = new Management(vertx, () -> "", List::of, log);
    port =
        management
            .listen("127.0.0.1", 0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    levels.changed().forEach(levels::reset);
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void aLevelIsSetListedAndTakenBack() throws Exception {
    assertThat(listed(ask("GET", "/log", "")).getJsonObject("levels").getString("root"))
        .isEqualTo("info");

    JsonObject set = listed(ask("PUT", "/log/" + OURS, "debug"));
    assertThat(set.getJsonObject("levels").getString(OURS)).isEqualTo("debug");
    assertThat(List.copyOf(set.getJsonObject("levels").fieldNames())).isSorted();
    assertThat(set.getJsonArray("changed")).containsExactly(OURS);
    assertThat(LoggerFactory.getLogger(OURS + ".Config").isDebugEnabled()).isTrue();
    assertThat(listed(ask("GET", "/log", ""))).isEqualTo(set);

    JsonObject back = listed(ask("PUT", "/log/" + OURS, "default"));
    assertThat(back.getJsonObject("levels").containsKey(OURS)).isFalse();
    assertThat(back.getJsonArray("changed")).isEmpty();
    assertThat(LoggerFactory.getLogger(OURS + ".Config").isDebugEnabled()).isFalse();
  }

  @Test
  void aLineEndBehindTheWordDoesNoHarm() throws Exception {
    assertThat(ask("PUT", "/log/" + OURS, "warn\r\n").statusCode()).isEqualTo(200);
    assertThat(levels.own()).containsEntry(OURS, "warn");
  }

  @Test
  void fromElsewhereLevelsAreSeenAndNotChanged() throws Exception {
    listen(_ -> false);

    HttpResponse<String> refused = ask("PUT", "/log/" + OURS, "debug");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(error(refused))
        .contains("from a loopback address", "this came from 127.0.0.1", "kubectl port-forward");
    assertThat(levels.changed()).isEmpty();
    assertThat(ask("GET", "/log", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aPageChangesNothing() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/log/" + OURS);
    var ofPage = HttpRequest.newBuilder(uri).header("Origin", "http://127.0.0.1:" + port);
    var put = ofPage.PUT(BodyPublishers.ofString("debug")).build();
    assertThat(client.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertThat(levels.changed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev.sluice | loud  | the body is no level; allowed: trace, debug, info, warn, error, off, default",
        "dev.sluice | DEBUG | the body is no level",
        "dev.sluice | ''    | the body is no level",
        "root       | debug | root must not be at debug: what libraries say below info may show secrets",
        "io.netty   | trace | io.netty must not be at trace",
        "io.nety    | info  | io.nety is not the name of a logger; allowed: a package or class",
        "io.nety    | default | io.nety is not the name of a logger",
        "dev%2Esluice | info | dev%2Esluice is not the name of a logger",
        "''         | info  | is not the name of a logger",
      })
  void whatCannotBeIsRefusedWithWhatIsAllowed(String logger, String body, String sentence)
      throws Exception {
    HttpResponse<String> refused = ask("PUT", "/log/" + logger, body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(error(refused)).contains(sentence);
    assertThat(levels.changed()).isEmpty();
  }

  @Test
  void aBodyEndsAt64Bytes() throws Exception {
    String longest = "debug" + " ".repeat(59);
    assertThat(ask("PUT", "/log/" + OURS, longest).statusCode()).isEqualTo(200);

    for (BodyPublisher body :
        List.of(
            BodyPublishers.ofString(longest + " "),
            BodyPublishers.ofByteArrays(
                List.of(longest.getBytes(StandardCharsets.UTF_8), new byte[] {' '})))) {
      HttpResponse<String> refused = ask("PUT", "/log/" + OURS, body);
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(error(refused)).contains("the body is to be one of trace, debug");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /log, 'GET, HEAD'",
    "PUT, /log, 'GET, HEAD'",
    "GET, /log/dev.sluice, PUT",
    "DELETE, /log/dev.sluice, PUT"
  })
  void otherMethodsAreRefused(String method, String path, String allowed) throws Exception {
    HttpResponse<String> refused = ask(method, path, "debug");

    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).contains(allowed);
    assertThat(error(refused)).endsWith(allowed);
    assertThat(levels.changed()).isEmpty();
  }

  @Test
  void theHeadOfTheListHasNoBody() throws Exception {
    HttpResponse<String> head = ask("HEAD", "/log", "");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/logs", "/logger/dev.sluice"})
  void otherPathsAreNamed(String path) throws Exception {
    HttpResponse<String> unknown = ask("GET", path, "");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("/metrics", "/health/live", "/health/ready", "/log");
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    return ask(
        method, path, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  private HttpResponse<String> ask(String method, String path, BodyPublisher body)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, body).build(), BodyHandlers.ofString());
  }

  private static JsonObject listed(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return new JsonObject(answer.body());
  }

  private static String error(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("error");
  }
}
