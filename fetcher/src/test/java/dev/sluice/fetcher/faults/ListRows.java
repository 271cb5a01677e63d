package dev.sluice.fetcher.faults;

import static dev.sluice.fetcher.fake.AnswerFaults.body;
import static dev.sluice.fetcher.fake.FakeRegistry.TOKEN;
import static dev.sluice.fetcher.faults.Expected.REFUSED;
import static dev.sluice.fetcher.faults.Expected.SERVED;
import static dev.sluice.fetcher.faults.Mischief.always;
import static dev.sluice.fetcher.faults.Mischief.inTurn;
import static dev.sluice.fetcher.faults.Place.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.fake.RecordedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Token services and lists of tags. */
final class ListRows {

  private static final String JSON = "application/json";

  private ListRows() {}

  static Stream<Row> rows() {
    return Stream.concat(tokens(), tags());
  }

  private static Stream<Row> tokens() {
    return Stream.of(
        Row.of("realm-http", Place.TOKEN, new PlainRealm(), REFUSED)
            .beforeAnyAnswer()
            .and(scene -> assertThat(scene.registry().requests()).isNotEmpty())
            .and(scene -> assertThat(scene.bench().registry.count("GET", TOKEN)).isZero()),
        Row.of(
                "token-bad-json",
                Place.TOKEN,
                inTurn(
                    body("text/html", "<p>" + Proof.LIE),
                    body(JSON, ""),
                    body(JSON, "[\"token\"]")),
                REFUSED)
            .times(3),
        Row.of("token-crlf", Place.TOKEN, always(injectedToken()), REFUSED)
            .and(ListRows::noTokenWasSent));
  }

  private static Fault injectedToken() {
    String token = "a\r\nX-Injected: " + Proof.LIE;
    return body(JSON, new JsonObject().put("token", token).encode());
  }

  private static void noTokenWasSent(Scene scene) {
    assertThat(scene.registry().requests())
        .isNotEmpty()
        .noneMatch(r -> r.headers().has("Authorization") || r.headers().has("X-Injected"));
  }

  private static Stream<Row> tags() {
    return Stream.of(
        Row.of("tags-million", TAGS, always(body(JSON, new ManyTags(1_000_000))), REFUSED)
            .and(ListRows::littleWasRead),
        Row.of("tags-link-other-host", TAGS, link("http://169.254.169.254/x?n=1&last=a"), SERVED)
            .and(ListRows::onePageWasAsked),
        Row.of("tags-link-loop", TAGS, link("/v2/app/tags/list"), SERVED)
            .and(ListRows::onePageWasAsked),
        Row.of("tags-bad-names", TAGS, always(badNames()), SERVED)
            .and(
                scene ->
                    // What was cached before is listed, too.
                    assertThat(scene.pulls.tags())
                        .isIn(
                            new Seen.Tags(List.of("good"), Optional.empty()),
                            new Seen.Tags(List.of("good", "latest"), Optional.empty()))));
  }

  private static Mischief link(String url) {
    return always(AnswerFaults.header("Link", "<" + url + ">; rel=\"next\""));
  }

  private static Fault badNames() {
    JsonArray names =
        new JsonArray()
            .add("a/b")
            .add("a\r\nSet-Cookie: " + Proof.LIE)
            .add("<script>")
            .add("x".repeat(1 << 20))
            .add(7)
            .addNull()
            .add("good");
    return body(JSON, new JsonObject().put("name", "app").put("tags", names).encode());
  }

  private static void onePageWasAsked(Scene scene) {
    assertThat(scene.registry().requests("GET", FakeRegistry.TAGS))
        .hasSizeLessThanOrEqualTo(scene.pulls.asked());
  }

  /** Far less than there is, whatever the sockets' buffers have taken. */
  private static void littleWasRead(Scene scene) {
    assertThat(scene.registry().requests("GET", FakeRegistry.TAGS))
        .extracting(RecordedRequest::bytesSent)
        .allMatch(bytes -> bytes < 32 << 20);
  }

  /** A registry that speaks TLS, whose token service does not. */
  private record PlainRealm() implements Mischief {
    @Override
    public void strike(Scene scene) {
      String realm = scene.registry().url(Listener.TOKENS) + "/token";
      scene.moveTo(scene.twin(Keys.BELIEVED));
      scene.registry().requireTokens().at(realm);
    }
  }
}
