package dev.sluice.gateway.console;

import static dev.sluice.gateway.ecr.live.Images.image;
import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.CheckRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RuleTable;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How fresh a tag is in the console, and what comes of a check that somebody asks for. */
class TagChecksTest {

  private static final String PATH = "/api/v1/repositories/team%2Fapp";
  private static final Tag LATEST = new Tag("latest");

  @AutoClose private final LiveConsole console = new LiveConsole();

  private Instant now() {
    return console.operator.clock.instant();
  }

  private JsonObject app() throws IOException {
    return console.json(PATH, console.admin());
  }

  @Test
  void aTagSaysWhyItIsStale() throws IOException {
    ImageRecord image = image("one", 1);
    console.bench.keep(image, "latest");
    assertThat(tag().getBoolean("stale")).isFalse();

    console.operator.clock.advance(Duration.ofDays(1));
    assertThat(tag().getBoolean("stale")).isTrue();
    assertThat(tag().getString("reason")).contains("due");

    var failed = new FailedCheck(now(), "up.example answered 500", now().plusSeconds(10));
    await(console.bench.metadata.tags().failed(APP, LATEST, failed));
    assertThat(tag().getString("reason")).contains("up.example answered 500");
    assertThat(tag().getString("nextCheckAt")).isEqualTo(now().plusSeconds(10).toString());

    console.rules = new RuleTable(List.of());
    assertThat(tag().getString("reason")).contains("no rule");
    assertThat(app().getBoolean("pullThrough")).isFalse();
  }

  private JsonObject tag() throws IOException {
    return app().getJsonArray("images").getJsonObject(0).getJsonArray("tags").getJsonObject(0);
  }

  private JsonObject check() throws IOException {
    Reply reply = console.post(PATH + "/check", "{\"tag\":\"latest\"}", console.admin());
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void aCheckSaysWhatCameOfIt() throws IOException {
    ImageRecord image = image("one", 1);
    Digest other = image("two", 1).digest();
    var refused =
        new Refused(Refused.Reason.UNAVAILABLE, "up.example does not answer", Duration.ZERO);
    console.bench.fetch.checks(
        new CheckAnswer.Confirmed(image.digest(), now()),
        new CheckAnswer.Moved(Optional.of(image.digest()), other, now()),
        refused,
        refused);

    assertThat(check().getString("outcome")).isEqualTo("confirmed");
    JsonObject moved = check();
    assertThat(moved.getString("outcome")).isEqualTo("moved");
    assertThat(moved.getString("digest")).isEqualTo(other.toString());
    assertThat(check().getString("outcome")).isEqualTo("unknown");
    console.bench.keep(image, "latest");
    JsonObject kept = check();
    assertThat(kept.getString("outcome")).isEqualTo("kept");
    assertThat(kept.getString("message")).isEqualTo("up.example does not answer");
    assertThat(console.bench.fetch.asked()).contains(new CheckRequest(APP, LATEST));
  }

  @Test
  void onlyAdministratorsCheck() throws IOException {
    Reply reply = console.post(PATH + "/check", "{\"tag\":\"latest\"}", console.ann());
    assertThat(reply.status()).isEqualTo(403);
    assertThat(console.bench.fetch.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"tag\":1}", "{\"tag\":\"<img onerror>\"}", "["})
  void whatIsNoTagIsRefused(String body) throws IOException {
    assertThat(console.post(PATH + "/check", body, console.admin()).status()).isEqualTo(400);
  }
}
