package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.ReferrersAnswer.Listed;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrersAnswersTest {

  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final Digest SUBJECT = Digest.sha256(new byte[] {1});
  private static final String PATH = "/v2/hub/app/referrers/" + SUBJECT;

  @AutoClose private final LiveGateway gateway = new LiveGateway();

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void aListIsAnIndex(String method) throws IOException {
    Referrer signature = referrer(1, "a/signature");
    gateway.fetch().referrers(fresh(List.of(signature)));

    Reply reply = gateway.ask(method, PATH);

    JsonObject index =
        new JsonObject()
            .put("schemaVersion", 2)
            .put("mediaType", INDEX)
            .put("manifests", new JsonArray().add(new JsonObject(signature.descriptor())));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo(INDEX);
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(index.encode().length()));
    assertThat(reply.header("OCI-Filters-Applied")).isNull();
    assertThat(reply.header("Link")).isNull();
    assertThat(reply.header("Warning")).isNull();
    assertThat(reply.text()).isEqualTo(method.equals("GET") ? index.encode() : "");
    assertThat(gateway.fetch().asked())
        .containsExactly(new ReferrersRequest(new RepositoryName("hub/app"), SUBJECT));
  }

  @Test
  void nothingIsAnIndexToo() throws IOException {
    gateway.fetch().referrers(fresh(List.of()));

    Reply reply = gateway.ask("GET", PATH);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo(INDEX);
    assertThat(reply.json().getJsonArray("manifests")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "artifactType=application/vnd.x%2Bjson",
        "artifactType=application/vnd.x+json",
        "artifactType=application%2Fvnd.x%2Bjson&more=ignored",
        "artifactType=other/type&artifactType=application/vnd.x+json"
      })
  void onlyTheTypesAskedForAreListedAndThatIsSaid(String query) throws IOException {
    Referrer wanted = referrer(1, "application/vnd.x+json");
    gateway.fetch().referrers(fresh(List.of(wanted, referrer(2, "a/b"))));

    Reply reply = gateway.ask("GET", PATH + '?' + query);

    assertThat(reply.header("OCI-Filters-Applied")).isEqualTo("artifactType");
    assertThat(reply.json().getJsonArray("manifests"))
        .isEqualTo(new JsonArray().add(new JsonObject(wanted.descriptor())));
  }

  @Test
  void aLongListIsPagedOnThisRegistry() throws IOException {
    List<Referrer> all = IntStream.range(0, 5).mapToObj(i -> referrer(i, "a/b+c")).toList();
    List<String> read = new ArrayList<>();
    String next = PATH + "?artifactType=a/b%2Bc&n=2";
    for (int pages = 0; next != null; pages++) {
      assertThat(pages).isLessThan(3);
      gateway.fetch().referrers(fresh(all));
      Reply reply = gateway.ask("GET", next);
      reply
          .json()
          .getJsonArray("manifests")
          .forEach(one -> read.add(((JsonObject) one).getString("digest")));
      String link = reply.header("Link");
      assertThat(reply.header("OCI-Filters-Applied")).isEqualTo("artifactType");
      next = link == null ? null : link.substring(1, link.indexOf('>'));
      assertThat(link == null || link.endsWith(">; rel=\"next\"")).isTrue();
    }
    assertThat(read).isEqualTo(all.stream().map(one -> one.digest().toString()).toList());
  }

  @Test
  void noAnswerIsLongerThanAManifestMayBe() throws IOException {
    JsonObject annotated =
        new JsonObject().put("annotations", new JsonObject().put("text", "x".repeat(1 << 20)));
    List<Referrer> all =
        IntStream.range(0, 5)
            .mapToObj(i -> Referrer.of(manifest(i), Optional.empty(), annotated))
            .toList();
    gateway.fetch().referrers(fresh(all));

    Reply reply = gateway.ask("GET", PATH);

    assertThat(reply.body().length()).isBetween(1 << 20, 4 << 20);
    assertThat(reply.header("Link")).startsWith("<" + PATH + "?last=sha256%3A");
  }

  @Test
  void aListThatMayLackSomethingSaysSo() throws IOException {
    gateway.fetch().referrers(new Listed(List.of(), Optional.of("it is down")));

    assertThat(gateway.ask("GET", PATH).header("Warning")).isEqualTo("299 - \"it is down\"");
  }

  @Test
  void troubleIsNotAnEmptyList() throws IOException {
    gateway.fetch().referrers(new Refused(Reason.UNAVAILABLE, "down", Duration.ofSeconds(5)));

    Reply reply = gateway.ask("GET", PATH);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/hub/app/referrers/latest",
        "/v2/hub/app/referrers/sha256:abc",
        "/v2/hub/App/referrers/sha256:0a",
        "/v2/hub/app/referrers/sha256:..%2f"
      })
  void whatIsNoDigestIsRefused(String path) throws IOException {
    assertThat(gateway.ask("GET", path).status()).isEqualTo(400);
    assertThat(gateway.fetch().asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=-1", "n=x", "artifactType=%zz", "last=%"})
  void whatCannotBeAPageIsRefused(String query) throws IOException {
    Reply reply = gateway.ask("GET", PATH + '?' + query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo("PAGINATION_NUMBER_INVALID");
  }

  @Test
  void aTypeThatIsNoneRefersToNothingAndGetsIntoNoHeader() throws IOException {
    List<Referrer> all = IntStream.range(0, 5).mapToObj(i -> referrer(i, "a/b")).toList();
    gateway.fetch().referrers(fresh(all));

    Reply reply = gateway.ask("GET", PATH + "?n=1&artifactType=a%0d%0aX-Injected:%201");

    assertThat(reply.header("X-Injected")).isNull();
    assertThat(reply.json().getJsonArray("manifests")).isEmpty();
  }

  private static Listed fresh(List<Referrer> referrers) {
    return new Listed(referrers, Optional.empty());
  }

  private static Descriptor manifest(int number) {
    Digest digest = Digest.parse("sha256:%064x".formatted(number)).orElseThrow();
    return new Descriptor(digest, MANIFEST, 7);
  }

  private static Referrer referrer(int number, String artifactType) {
    return Referrer.of(manifest(number), Optional.of(artifactType), new JsonObject());
  }
}
