package dev.sluice.gateway.console;

import static dev.sluice.gateway.ecr.live.Images.CONFIG;
import static dev.sluice.gateway.ecr.live.Images.image;
import static dev.sluice.gateway.ecr.live.Images.index;
import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The repositories in the console: a list of them, and one with all that it holds. */
class RepositoriesTest {

  private static final String PATH = "/api/v1/repositories";

  @AutoClose private final LiveConsole console = new LiveConsole();

  private Instant now() {
    return console.operator.clock.instant();
  }

  private JsonArray list(String query, String session) throws IOException {
    return console.json(PATH + query, session).getJsonArray("repositories");
  }

  @Test
  void eachIsALine() throws IOException {
    ImageRecord image = image("one", 100);
    console.bench.keep(image, "latest");
    await(console.bench.metadata.catalog().pulled(APP, image.digest(), now()));

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
      console.bench.make(new RepositoryName(name));
    }
    JsonObject first = console.json(PATH + "?limit=2&prefix=team/", console.admin());
    assertThat(first.getJsonArray("repositories")).hasSize(2);
    assertThat(first.getString("next")).isEqualTo("team/b");
    JsonObject last = console.json(PATH + "?limit=2&after=team/b", console.admin());
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
    String manifest =
        """
        {"manifests":[
          {"digest":"%s","platform":{"os":"linux","architecture":"amd64"}},
          {"digest":"%s","platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}"""
            .formatted(here.digest(), away.digest());
    Digest digest = console.bench.store(manifest);
    ImageRecord listed = index("index", here, away);
    ImageRecord index =
        new ImageRecord(
            digest, listed.mediaType(), manifest.length(), listed.storedAt(), listed.members());
    console.bench.keep(here);
    console.bench.keep(index, "latest");

    JsonObject shown = console.json(PATH + "/team%2Fapp", console.ann());
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
    String text = "{\"os\":\"<img src=x onerror=alert(1)>\",\"architecture\":\"amd64\"}";
    Member config =
        new Member(
            console.bench.store(text), OptionalLong.of(text.length()), Optional.of(CONFIG), true);
    ImageRecord plain = image("one", 1);
    console.bench.keep(
        new ImageRecord(plain.digest(), plain.mediaType(), 1, now(), List.of(config)));
    Reply reply = console.get(PATH + "/team%2Fapp", console.admin());
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.json().getJsonArray("images").getJsonObject(0).getString("platform"))
        .isEqualTo("<img src=x onerror=alert(1)>/amd64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/..%2f..%2fetc", "/Team%2FApp", "/team/app", "/%00", "/a%2Fb/c"})
  void whatIsNoNameIsNotThere(String path) throws IOException {
    int status = console.get(PATH + path, console.admin()).status();
    assertThat(status).isEqualTo(404);
  }
}
