package dev.sluice.gateway.warmup;

import static dev.sluice.gateway.warmup.LiveApi.JSON;
import static dev.sluice.gateway.warmup.LiveApi.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.WarmUpAnswer;
import dev.sluice.fetcher.WarmUpRequest;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API takes and answers, once somebody is let in. */
class WarmUpEdgeTest {

  private static final String HERE = "Host: 127.0.0.1";

  @AutoClose private final LiveApi api = new LiveApi();

  @BeforeEach
  void open() {
    api.namesNobody = true;
    api.operator.anonymous(Anonymous.LOOPBACK);
  }

  private Reply post(String body) throws IOException {
    return api.ask("POST", PATH, body, HERE, JSON);
  }

  @Test
  void aWishIsPassedOnAndItsStateIsAnswered() throws IOException {
    Reply begun = post("{\"images\":[\"up/a:1\",\"up/b\"],\"platforms\":[\"linux/amd64\"]}");

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.header("Location")).isEqualTo(PATH + "/w-1");
    assertThat(begun.header("Cache-Control")).isEqualTo("no-store");
    assertThat(api.warmUps.begun)
        .containsExactly(
            new WarmUpRequest(
                List.of("up/a:1", "up/b"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of("linux/amd64")));
  }

  @Test
  void aRegistryIsWishedForByItsRule() throws IOException {
    post("{\"rule\":\"up\",\"repositories\":[\"team/*\"],\"tags\":[\"1.*\"]}");
    assertThat(api.warmUps.begun)
        .containsExactly(
            new WarmUpRequest(
                List.of(), Optional.of("up"), List.of("team/*"), List.of("1.*"), List.of()));
  }

  @Test
  void oneIsShownWithItsFailuresAndAllWithout() throws IOException {
    JsonObject one = api.ask("GET", PATH + "/w-1", "", HERE).json();
    assertThat(one)
        .isEqualTo(
            new JsonObject(
                """
                {"id": "w-1", "state": "running", "listed": true, "blobs": 7, "bytes": 1234,
                 "images": {"wanted": 5, "done": 2, "failed": 1, "waiting": 2},
                 "startedAt": "2030-06-01T12:00:00Z",
                 "waitsFor": "the last pulls are kept for people",
                 "failures": [{"image": "up/x:1", "why": "up has no x"}]}"""));

    JsonObject all = api.ask("GET", PATH, "", HERE).json();
    one.remove("failures");
    assertThat(all.getJsonArray("warmUps").getJsonObject(0)).isEqualTo(one);
  }

  @Test
  void oneIsCancelledByItsDeletion() throws IOException {
    assertThat(api.ask("DELETE", PATH + "/w-1", "", HERE).status()).isEqualTo(200);
    assertThat(api.warmUps.cancelled).containsExactly("w-1");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/warm-ups/other, 404",
    "DELETE, /api/v1/warm-ups/, 404",
    "GET, /api/v1/else, 404",
    "GET, /api/, 404",
    "PUT, /api/v1/warm-ups, 405",
    "POST, /api/v1/warm-ups/w-1, 405",
    "HEAD, /api/v1/warm-ups, 405"
  })
  void whatIsNotThereIsSaidSo(String method, String path, int status) throws IOException {
    assertThat(api.ask(method, path, "", HERE, JSON).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "null",
        "{\"images\": \"up/x\"}",
        "{\"images\": [1]}",
        "{\"image\": [\"up/x\"]}",
        "{\"rule\": 7}"
      })
  void whatIsNoWishIsAMistake(String body) throws IOException {
    Reply refused = post(body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo("INVALID");
    assertThat(api.warmUps.begun).isEmpty();
  }

  @Test
  void everyMistakeIsAnErrorOfItsOwn() throws IOException {
    api.warmUps.answer = new WarmUpAnswer.Invalid(List.of("images[0]: no", "images[4]: neither"));
    Reply refused = post("{\"images\":[\"x\"]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().getJsonArray("errors").size()).isEqualTo(2);
    assertThat(refused.text()).contains("images[0]: no", "images[4]: neither");
  }

  @Test
  void tooManyAreRefusedForAWhile() throws IOException {
    api.warmUps.answer = new WarmUpAnswer.TooMany();
    Reply refused = post("{\"images\":[\"x\"]}");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain",
        "Content-Type: application/x-www-form-urlencoded",
        "X-No-Type: x"
      })
  void onlyJsonIsTaken(String type) throws IOException {
    assertThat(api.ask("POST", PATH, "{\"images\":[\"up/x\"]}", HERE, type).status())
        .isEqualTo(415);
    assertThat(api.warmUps.begun).isEmpty();
  }

  @Test
  void aTypeMayHaveParameters() throws IOException {
    Reply taken =
        api.ask(
            "POST",
            PATH,
            "{\"images\":[\"up/x\"]}",
            HERE,
            "Content-Type: Application/JSON; charset=utf-8");
    assertThat(taken.status()).isEqualTo(202);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedByItsHeadAndHangsUp() throws IOException {
    try (Wire wire = api.connect()) {
      String head = "POST " + PATH + " HTTP/1.1\r\n" + HERE + "\r\n" + JSON + "\r\n";
      wire.sendRaw("POST", head + "Content-Length: " + (WarmUpEdge.LARGEST + 1) + "\r\n\r\n");
      assertThat(wire.reply().status()).isEqualTo(413);
      assertThat(wire.ends()).isTrue();
    }
  }

  @Test
  void soIsOneThatGrowsTooLarge() throws IOException {
    try (Wire wire = api.connect()) {
      String piece = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
      String head = "POST " + PATH + " HTTP/1.1\r\n" + HERE + "\r\n" + JSON + "\r\n";
      String body = piece.repeat(WarmUpEdge.LARGEST / 0x10000 + 1);
      wire.sendRaw("POST", head + "Transfer-Encoding: chunked\r\n\r\n" + body);
      assertThat(wire.reply().status()).isEqualTo(413);
    }
  }
}
