package dev.sluice.gateway.console;

import static dev.sluice.gateway.ecr.live.Images.image;
import static dev.sluice.gateway.ecr.live.Images.index;
import static dev.sluice.gateway.live.LiveGateway.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.CheckRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.RepositorySettings;
import dev.sluice.metadata.RuleTable;
import dev.sluice.metadata.TagEntry;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The repositories in the console: a list of them, one with all that it holds, and checks. */
class RepositoriesTest {

  private static final String PATH = "/api/v1/repositories";
  private static final Tag LATEST = new Tag("latest");

  @AutoClose private final LiveConsole console = new LiveConsole();

  private Instant now() {
    return console.operator.clock.instant();
  }

  private void keep(String name, ImageRecord image) {
    var repository =
        new Repository(new RepositoryName(name), now(), RepositorySettings.USUAL, Optional.empty());
    await(console.bench.metadata.catalog().keep(repository, image));
  }

  private void point(String name, Tag tag, ImageRecord image) {
    var entry = new TagEntry(image.digest(), image.mediaType(), now());
    await(console.bench.metadata.tags().point(new RepositoryName(name), tag, entry));
  }

  private JsonObject json(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private JsonArray list(String query, String session) throws IOException {
    return json(console.get(PATH + query, session)).getJsonArray("repositories");
  }

  private JsonObject app(String session) throws IOException {
    return json(console.get(PATH + "/team%2Fapp", session));
  }

  @Test
  void eachIsALine() throws IOException {
    ImageRecord image = image("one", 100);
    keep("team/app", image);
    point("team/app", LATEST, image);
    await(
        console
            .bench
            .metadata
            .catalog()
            .pulled(new RepositoryName("team/app"), image.digest(), now()));

    JsonObject line = list("", console.admin()).getJsonObject(0);
    assertThat(line.getString("name")).isEqualTo("team/app");
    assertThat(line.getString("rule")).isEqualTo("team");
    assertThat(line.getString("upstream")).isEqualTo("up.example/app");
    assertThat(line.getBoolean("pullThrough")).isTrue();
    assertThat(line.getInteger("images")).isEqualTo(1);
    assertThat(line.getInteger("tags")).isEqualTo(1);
    assertThat(line.getLong("bytes")).isEqualTo(500 + 10 + 100);
    assertThat(line.getBoolean("stale")).isFalse();
    assertThat(line.getString("checkedAt")).isEqualTo(now().toString());
    assertThat(line.getString("nextCheckAt")).isEqualTo(now().plusSeconds(86400).toString());
    assertThat(line.getString("pulledAt")).isNotNull();
  }

  @Test
  void theListIsPagedAndEveryoneSeesTheirs() throws IOException {
    for (String name : List.of("other/app", "team/a", "team/b", "team/c")) {
      keep(name, image(name, 1));
    }
    JsonObject first = json(console.get(PATH + "?limit=2&prefix=team/", console.admin()));
    assertThat(first.getJsonArray("repositories")).hasSize(2);
    assertThat(first.getString("next")).isEqualTo("team/b");
    JsonObject last = json(console.get(PATH + "?limit=2&after=team/b", console.admin()));
    assertThat(last.getJsonArray("repositories")).hasSize(1);
    assertThat(last.containsKey("next")).isFalse();
    assertThat(list("", console.ann())).hasSize(3);
    assertThat(list("?limit=x&prefix=%3Cimg%20onerror%3D%3E", console.admin())).isEmpty();
    Reply hidden = console.get(PATH + "/other%2Fapp", console.ann());
    Reply missing = console.get(PATH + "/other%2Fnone", console.ann());
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.text()).isEqualTo(missing.text());
  }

  @Test
  void anIndexIsShownWithItsChildrenBeTheyHereOrNot() throws IOException {
    ImageRecord here = image("amd64", 100);
    ImageRecord away = image("arm64", 100);
    byte[] bytes =
        """
        {"manifests":[
          {"digest":"%s","platform":{"os":"linux","architecture":"amd64"}},
          {"digest":"%s","platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}"""
            .formatted(here.digest(), away.digest())
            .getBytes(UTF_8);
    Digest digest = Digest.sha256(bytes);
    await(console.bench.blobs.put(digest, Buffer.buffer(bytes)));
    ImageRecord listed = index("index", here, away);
    ImageRecord index =
        new ImageRecord(
            digest, listed.mediaType(), bytes.length, listed.storedAt(), listed.members());
    keep("team/app", here);
    keep("team/app", index);
    point("team/app", LATEST, index);

    JsonObject shown = app(console.ann());
    assertThat(shown.getString("uri")).isEqualTo("cache.example/team/app");
    JsonArray images = shown.getJsonArray("images");
    assertThat(images).hasSize(3);
    JsonObject first = images.getJsonObject(0);
    assertThat(first.getString("digest")).isEqualTo(digest.toString());
    assertThat(first.getJsonArray("tags").getJsonObject(0).getString("tag")).isEqualTo("latest");
    assertThat(first.getJsonArray("children"))
        .containsExactly(here.digest().toString(), away.digest().toString());
    assertThat(images.getJsonObject(1).getString("platform")).isEqualTo("linux/amd64");
    assertThat(images.getJsonObject(1).getBoolean("cached")).isTrue();
    assertThat(images.getJsonObject(2).getString("platform")).isEqualTo("linux/arm64/v8");
    assertThat(images.getJsonObject(2).getBoolean("cached")).isFalse();
  }

  @Test
  void thePlatformOfASingleImageStandsInItsConfig() throws IOException {
    byte[] config =
        "{\"os\":\"<img src=x onerror=alert(1)>\",\"architecture\":\"amd64\"}".getBytes(UTF_8);
    Digest digest = Digest.sha256(config);
    await(console.bench.blobs.put(digest, Buffer.buffer(config)));
    ImageRecord plain = image("one", 1);
    keep(
        "team/app",
        new ImageRecord(
            plain.digest(),
            plain.mediaType(),
            1,
            now(),
            List.of(
                new Member(
                    digest,
                    OptionalLong.of(config.length),
                    Optional.of("application/vnd.oci.image.config.v1+json"),
                    true))));
    Reply reply = console.get(PATH + "/team%2Fapp", console.admin());
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(json(reply).getJsonArray("images").getJsonObject(0).getString("platform"))
        .isEqualTo("<img src=x onerror=alert(1)>/amd64");
  }

  @Test
  void aTagSaysWhyItIsStale() throws IOException {
    ImageRecord image = image("one", 1);
    keep("team/app", image);
    point("team/app", LATEST, image);
    assertThat(tag().getBoolean("stale")).isFalse();

    console.operator.clock.advance(Duration.ofDays(1));
    assertThat(tag().getBoolean("stale")).isTrue();
    assertThat(tag().getString("reason")).contains("due");

    var failed = new FailedCheck(now(), "up.example answered 500", now().plusSeconds(10));
    await(console.bench.metadata.tags().failed(new RepositoryName("team/app"), LATEST, failed));
    assertThat(tag().getString("reason")).contains("up.example answered 500");
    assertThat(tag().getString("nextCheckAt")).isEqualTo(now().plusSeconds(10).toString());

    console.rules = new RuleTable(List.of());
    assertThat(tag().getString("reason")).contains("no rule");
    assertThat(app(console.admin()).getBoolean("pullThrough")).isFalse();
  }

  private JsonObject tag() throws IOException {
    return app(console.admin())
        .getJsonArray("images")
        .getJsonObject(0)
        .getJsonArray("tags")
        .getJsonObject(0);
  }

  private JsonObject check() throws IOException {
    return json(console.post(PATH + "/team%2Fapp/check", "{\"tag\":\"latest\"}", console.admin()));
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
    keep("team/app", image);
    point("team/app", LATEST, image);
    JsonObject kept = check();
    assertThat(kept.getString("outcome")).isEqualTo("kept");
    assertThat(kept.getString("message")).isEqualTo("up.example does not answer");
    assertThat(console.bench.fetch.asked())
        .contains(new CheckRequest(new RepositoryName("team/app"), LATEST));
  }

  @Test
  void onlyAdministratorsCheck() throws IOException {
    String path = PATH + "/team%2Fapp/check";
    assertThat(console.post(path, "{\"tag\":\"latest\"}", console.ann()).status()).isEqualTo(403);
    assertThat(console.bench.fetch.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"tag\":1}", "{\"tag\":\"<img onerror>\"}", "["})
  void whatIsNoTagIsRefused(String body) throws IOException {
    String path = PATH + "/team%2Fapp/check";
    assertThat(console.post(path, body, console.admin()).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/..%2f..%2fetc", "/Team%2FApp", "/team/app", "/%00", "/a%2Fb/c"})
  void whatIsNoNameIsNotThere(String path) throws IOException {
    int status = console.get(PATH + path, console.admin()).status();
    assertThat(status).isEqualTo(404);
  }
}
