package dev.sluice.fetcher.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Proves what the fake holds and how it answers when it behaves. */
class FakeRegistryTest {
  @AutoClose private final Stage stage = new Stage();
  private final FakeRegistry registry = stage.registry;
  private final Browser browser = stage.browser;

  @Test
  void anImageIsWholeFromItsTagToItsLastLayer() throws IOException {
    FakeImage image = registry.image("library/app", "latest").layer(100_000).layer(7).push();

    var manifest = browser.get(registry.url() + "/v2/library/app/manifests/latest");
    assertThat(manifest.statusCode()).isEqualTo(200);
    assertThat(Digest.sha256(manifest.body())).isEqualTo(image.digest());
    assertThat(manifest.headers().firstValue("Docker-Content-Digest"))
        .hasValue(image.digest().toString());
    assertThat(manifest.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.oci.image.manifest.v1+json");
    for (String path : List.of(image.layerPath(0), image.layerPath(1), image.configPath())) {
      var blob = browser.get(registry.url() + path);
      assertThat(path).endsWith(Digest.sha256(blob.body()).toString());
    }
    assertThat(image.json().getJsonArray("layers").getJsonObject(0).getInteger("size"))
        .isEqualTo(100_000);
  }

  @Test
  void anIndexLeadsToAnImageForEachPlatform() throws IOException {
    FakeIndex index =
        registry
            .index("app", "1.0")
            .platform("linux/amd64", 10)
            .platform("linux/arm64/v8", 20, 30)
            .docker()
            .push();

    JsonObject json =
        new JsonObject(text(browser.get(registry.url() + "/v2/app/manifests/1.0").body()));
    JsonObject arm = json.getJsonArray("manifests").getJsonObject(1);
    assertThat(arm.getJsonObject("platform").getString("variant")).isEqualTo("v8");
    assertThat(arm.getString("digest")).isEqualTo(index.child("linux/arm64/v8").digest() + "");
    assertThat(arm.getString("mediaType")).contains("docker.distribution.manifest.v2");
    assertThat(browser.get(registry.url() + index.child("linux/amd64").manifestPath()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void contentIsTheSameInEveryRunAndDiffersFromLayerToLayer() {
    Content seeded = Content.seeded(7, 1000);
    assertThat(seeded.read(13, 100).getBytes())
        .isEqualTo(Arrays.copyOfRange(seeded.toBytes(), 13, 113));
    FakeImage image = registry.image("app").layer(50).layer(50).push();
    assertThat(image.layer(0)).isNotEqualTo(image.layer(1));
    try (FakeRegistry other = FakeRegistry.start(stage.vertx)) {
      assertThat(other.image("app").layer(50).layer(50).push().digest()).isEqualTo(image.digest());
    }
  }

  @Test
  void sha512NamesAreServedToo() throws IOException {
    FakeImage image = registry.image("app", "latest").sha512Layer(5000).push();
    assertThat(image.layer(0).algorithm()).isEqualTo(Algorithm.SHA512);
    assertThat(Content.of(browser.get(registry.url() + image.layerPath(0)).body()))
        .extracting(body -> body.digest(Algorithm.SHA512))
        .isEqualTo(image.layer(0));
    Digest manifest = image.bytes().digest(Algorithm.SHA512);
    var answer = browser.get(registry.url() + "/v2/app/manifests/" + manifest);
    assertThat(answer.headers().firstValue("Docker-Content-Digest")).hasValue(manifest + "");
  }

  @Test
  void anyBytesCanStandAsAManifest() throws IOException {
    Descriptor hostile = registry.manifest("app", "text/strange", Content.of("[[[["));
    registry.tag("app", "bad", hostile.digest());
    var answer = browser.get(registry.url() + "/v2/app/manifests/bad");
    assertThat(text(answer.body())).isEqualTo("[[[[");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/strange");
  }

  @Test
  void aTagMovesAndGoes() throws IOException {
    FakeImage first = registry.image("app", "latest").layer(1).push();
    FakeImage second = registry.image("app", "latest").layer(1).push();
    String url = registry.url() + "/v2/app/manifests/latest";
    assertThat(Digest.sha256(browser.get(url).body())).isEqualTo(second.digest());
    registry.tag("app", "latest", first.digest());
    assertThat(Digest.sha256(browser.get(url).body())).isEqualTo(first.digest());
    registry.deleteTag("app", "latest");
    assertThat(browser.get(url).statusCode()).isEqualTo(404);
    assertThat(browser.get(registry.url() + first.manifestPath()).statusCode()).isEqualTo(200);
  }

  @Test
  void tagsComeInPagesThatLinkToTheNext() throws IOException {
    Stream.of("c", "a", "b").forEach(tag -> registry.image("app", tag).push());
    String list = registry.url() + "/v2/app/tags/list";
    assertThat(text(browser.get(list).body())).contains("[\"a\",\"b\",\"c\"]");
    var page = browser.get(list + "?n=2");
    assertThat(text(page.body())).contains("[\"a\",\"b\"]");
    assertThat(page.headers().firstValue("Link"))
        .hasValue("</v2/app/tags/list?n=2&last=b>; rel=\"next\"");
    var last = browser.get(list + "?n=2&last=b");
    assertThat(text(last.body())).contains("[\"c\"]");
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void referrersAreListedByType() throws IOException {
    FakeImage image = registry.image("app", "latest").push();
    FakeImage signature = registry.image("app").refersTo(image.manifest(), "a/signature").push();
    String url = registry.url() + "/v2/app/referrers/" + image.digest();
    assertThat(text(browser.get(url).body())).contains(signature.digest().toString());
    var other = browser.get(url + "?artifactType=a%2Fsbom");
    assertThat(text(other.body())).contains("\"manifests\":[]");
    assertThat(other.headers().firstValue("OCI-Filters-Applied")).hasValue("artifactType");
  }

  @Test
  void headSaysWhatGetWouldAndSendsNothing() throws IOException {
    FakeImage image = registry.image("app", "latest").layer(12345).push();
    var answer = browser.head(registry.url() + image.layerPath(0));
    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(12345);
    assertThat(answer.headers().firstValue("Docker-Content-Digest"))
        .hasValue(image.layer(0).toString());
    assertThat(browser.head(registry.url() + image.manifestPath()).statusCode()).isEqualTo(200);
    assertThat(browser.head(registry.url() + "/v2/app/manifests/no").statusCode()).isEqualTo(404);
    assertThat(registry.requests()).allMatch(request -> request.bytesSent() == 0);
  }

  @Test
  void aRangeIsServedUnlessIfRangeNamesOtherContent() throws IOException {
    FakeImage image = registry.image("app").layer(1000).push();
    String url = registry.url() + image.layerPath(0);
    byte[] whole = browser.get(url).body();
    var part = browser.get(url, "Range", "bytes=990-", "If-Range", "\"" + image.layer(0) + "\"");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 990-999/1000");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 990, 1000));
    assertThat(browser.get(url, "Range", "bytes=-10").body()).isEqualTo(part.body());
    assertThat(browser.get(url, "Range", "bytes=5-9", "If-Range", "\"x\"").statusCode())
        .isEqualTo(200);
    assertThat(browser.get(url, "Range", "bytes=1000-").statusCode()).isEqualTo(416);
  }

  @Test
  void whatIsUnknownGetsTheErrorOfTheSpec() throws IOException {
    registry.image("app", "latest").push();
    String none = "sha256:" + "0".repeat(64);
    assertThat(errorAt("/v2/none/manifests/latest")).isEqualTo("NAME_UNKNOWN");
    assertThat(errorAt("/v2/app/manifests/none")).isEqualTo("MANIFEST_UNKNOWN");
    assertThat(errorAt("/v2/app/manifests/" + none)).isEqualTo("MANIFEST_UNKNOWN");
    assertThat(errorAt("/v2/app/blobs/" + none)).isEqualTo("BLOB_UNKNOWN");
  }

  @Test
  void aLayerLargerThanTheHeapIsMadeUpWhileItIsSent() throws IOException {
    long size = Runtime.getRuntime().maxMemory() + (64 << 20);
    FakeImage image = registry.image("app").layer(size).push();
    try (var body = URI.create(registry.url() + image.layerPath(0)).toURL().openStream()) {
      var hasher = Algorithm.SHA256.hasher();
      byte[] piece = new byte[1 << 16];
      for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
        hasher.update(piece, 0, n);
      }
      assertThat(Digest.of(Algorithm.SHA256, hasher)).isEqualTo(image.layer(0));
    }
  }

  private String errorAt(String path) throws IOException {
    var answer = browser.get(registry.url() + path);
    assertThat(answer.statusCode()).isEqualTo(404);
    JsonObject body = new JsonObject(text(answer.body()));
    return body.getJsonArray("errors").getJsonObject(0).getString("code");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
