package dev.sluice.gateway.registry;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.WholeGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache behind a cache, and caches that lead to each other. */
class ChainTest {

  private static final String ACCEPT =
      "Accept: application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json";

  @AutoClose private final WholeGateway outer;
  @AutoClose private final WholeGateway inner;

  ChainTest(@TempDir Path folder) {
    outer = new WholeGateway(folder.resolve("outer"));
    inner = new WholeGateway(folder.resolve("inner"));
    outer.leadTo("up", inner.url());
    inner.rules("up");
  }

  @Test
  void aCacheBehindACachePullsRightColdAndWarm() throws IOException {
    FakeImage image = inner.upstream().image("up/app", "v1").layer(100_000).push();
    FakeImage signature =
        inner.upstream().image("up/app").refersTo(image.manifest(), "a/signature").push();

    assertPulled(image, signature);
    assertThat(inner.upstream().requests("GET", MANIFESTS)).hasSize(1);
    inner.upstream().close();
    assertPulled(image, signature);
    outer.advance(Duration.ofDays(2));
    assertPulled(image, signature);
  }

  private void assertPulled(FakeImage image, FakeImage signature) throws IOException {
    Reply manifest = outer.ask("GET", "/v2/up/app/manifests/v1", ACCEPT);
    assertThat(manifest.status()).isEqualTo(200);
    assertThat(manifest.body().getBytes()).isEqualTo(image.bytes().toBytes());
    var layer = image.layers().getFirst();
    Reply blob = outer.ask("GET", "/v2/up/app/blobs/" + layer.digest());
    assertThat(blob.status()).isEqualTo(200);
    assertThat(blob.whole()).isTrue();
    assertThat(blob.body().length()).isEqualTo(100_000);
    assertThat(outer.ask("GET", "/v2/up/app/tags/list").json().getJsonArray("tags"))
        .containsExactly("v1");
    Reply referrers = outer.ask("GET", "/v2/up/app/referrers/" + image.digest());
    assertThat(referrers.status()).isEqualTo(200);
    assertThat(referrers.text()).contains(signature.digest().toString());
  }

  @Test
  void everyCacheOnTheWayIsNamedAndOthersAreLeftOut() throws IOException {
    inner.upstream().image("up/app", "v1").push();

    outer.ask("GET", "/v2/up/app/manifests/v1", "Via: 1.1 proxy.example (some, words)", ACCEPT);

    String via = inner.upstream().requests("GET", MANIFESTS).getFirst().header("Via").orElseThrow();
    assertThat(via).matches("1\\.1 sluice-[0-9a-f]{16}, 1\\.1 sluice-[0-9a-f]{16}");
    assertThat(List.of(via.split(", "))).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/up/app/manifests/v1",
        "/v2/up/app/manifests/sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "/v2/up/app/blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "/v2/up/app/tags/list",
        "/v2/up/app/referrers/sha256:0000000000000000000000000000000000000000000000000000000000000000"
      })
  void cachesThatLeadToEachOtherSayThatTheyDo(String path) throws IOException {
    inner.leadTo("up", outer.url());

    Reply reply = outer.ask("GET", path, ACCEPT);

    assertThat(reply.status()).isEqualTo(508);
    assertThat(reply.errorCode()).isEqualTo("UNAVAILABLE");
    assertThat(reply.text()).contains("circle");
    assertThat(reply.header("Retry-After")).isNull();
    assertThat(outer.ask("HEAD", path, ACCEPT).status()).isEqualTo(508);
  }

  @Test
  void aRuleThatLeadsBackHereIsRefused() throws IOException {
    outer.leadTo("up", outer.url());

    assertThat(outer.ask("GET", "/v2/up/app/manifests/v1", ACCEPT).status()).isEqualTo(508);
  }

  @Test
  void whatIsCachedIsServedThoughTheRuleNowLeadsInACircle() throws IOException {
    FakeImage image = inner.upstream().image("up/app", "v1").push();
    outer.ask("GET", "/v2/up/app/manifests/v1", ACCEPT);
    inner.leadTo("up", outer.url());
    inner.advance(Duration.ofDays(2));
    outer.advance(Duration.ofDays(2));

    Reply reply = outer.ask("GET", "/v2/up/app/manifests/v1", ACCEPT);

    assertThat(reply.body().getBytes()).isEqualTo(image.bytes().toBytes());
    assertThat(inner.ask("GET", "/v2/up/app/manifests/v1", ACCEPT).header("Warning"))
        .startsWith("299 - ");
  }

  @Test
  void aChainWithoutEndIsACircle() throws IOException {
    String[] many = {ACCEPT, "Via: " + "1.1 sluice-0123456789abcdef, ".repeat(16) + "1.1 x"};

    assertThat(outer.ask("GET", "/v2/up/app/manifests/v1", many).status()).isEqualTo(508);
  }
}
