package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static dev.sluice.gateway.registry.Samples.OCI_MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestAnswersTest {

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final Stored manifest = gateway.store(MANIFEST);

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void everyHeaderIsThereForGetAndHead(String method) throws IOException {
    gateway.fetch().manifests(checkedNow());

    Reply reply = gateway.ask(method, BY_TAG);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(manifest.digest().toString());
    assertThat(reply.header("ETag")).isEqualTo('"' + manifest.digest().toString() + '"');
    assertThat(reply.header("Content-Type")).isEqualTo(OCI_MANIFEST);
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(MANIFEST.length));
    assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    assertThat(reply.header("X-Cache")).isEqualTo("miss");
    assertThat(reply.header("Age")).isEqualTo("0");
    assertThat(reply.header("Warning")).isNull();
    assertThat(reply.header("Content-Encoding")).isNull();
    assertThat(reply.body().getBytes()).isEqualTo(method.equals("GET") ? MANIFEST : new byte[0]);
    assertThat(gateway.fetch().asked())
        .containsExactly(
            new ManifestRequest(new RepositoryName("hub/app"), new Reference.Tag("latest")));
  }

  @ParameterizedTest
  @EnumSource
  void whatItTookIsTold(Provenance provenance) throws IOException {
    gateway.fetch().manifests(Samples.byContent(manifest, provenance));

    Reply reply = gateway.ask("GET", Samples.manifestPath(manifest.digest()));

    assertThat(reply.header("X-Cache")).isEqualTo(provenance.name().toLowerCase(Locale.ROOT));
    assertThat(reply.header("Age")).isNull();
  }

  @Test
  void theAgeIsThatOfTheCheck() throws IOException {
    Instant now = gateway.clock().instant();
    gateway.fetch().manifests(Samples.tagged(manifest, now.minusSeconds(90), now.plusSeconds(60)));

    assertThat(gateway.ask("GET", BY_TAG).header("Age")).isEqualTo("90");
    gateway.clock().advance(Duration.ofSeconds(10));
    assertThat(gateway.ask("GET", BY_TAG).header("Age")).isEqualTo("100");
  }

  @Test
  void aCheckInTheFutureIsNoNegativeAge() throws IOException {
    Instant now = gateway.clock().instant();
    gateway.fetch().manifests(Samples.tagged(manifest, now.plusSeconds(90), now.plusSeconds(99)));

    assertThat(gateway.ask("GET", BY_TAG).header("Age")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/html",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json",
        "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json",
        "application/vnd.oci.image.manifest.v1+json;q=0, */*;q=0",
        ";;;,,,/;q=,=;\""
      })
  void theStoredTypeIsAnsweredWhateverIsAccepted(String accept) throws IOException {
    gateway.fetch().manifests(checkedNow());

    Reply reply = gateway.ask("GET", BY_TAG, "Accept: " + accept, "Accept: " + OCI_MANIFEST);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo(OCI_MANIFEST);
    assertThat(reply.body().getBytes()).isEqualTo(MANIFEST);
  }

  @Test
  void whatOneClientAcceptsDoesNotChangeWhatAnotherGets() throws IOException {
    gateway.fetch().manifests(checkedNow());
    gateway.ask("GET", BY_TAG, "Accept: application/x-poison");

    Reply reply = gateway.ask("GET", BY_TAG, "Accept: " + OCI_MANIFEST);

    assertThat(reply.header("Content-Type")).isEqualTo(OCI_MANIFEST);
    assertThat(reply.body().getBytes()).isEqualTo(MANIFEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void whoHasItAlreadyIsToldSo(String method) throws IOException {
    gateway.fetch().manifests(checkedNow());
    String etag = '"' + manifest.digest().toString() + '"';

    Reply reply = gateway.ask(method, BY_TAG, "If-None-Match: \"other\", W/" + etag);

    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.header("ETag")).isEqualTo(etag);
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(manifest.digest().toString());
    assertThat(reply.header("Content-Type")).isNull();
    assertThat(gateway.ask(method, BY_TAG, "If-None-Match: \"other\"").status()).isEqualTo(200);
  }

  @Test
  void aStaleAnswerSaysWhy() throws IOException {
    Instant now = gateway.clock().instant();
    String reason = "cannot ask \"hub\"\r\nX-Injected: 1\\ \u00e4 \ud83d\ude00";
    gateway.fetch().manifests(Samples.stale(manifest, now.minusSeconds(60), now, reason));

    Reply reply = gateway.ask("GET", BY_TAG);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Cache")).isEqualTo("stale");
    assertThat(reply.header("Age")).isEqualTo("60");
    assertThat(reply.header("Warning"))
        .isEqualTo("299 - \"cannot ask 'hub'''X-Injected: 1' ' ''\"");
    assertThat(reply.header("X-Injected")).isNull();
  }

  @Test
  void aWarningIsShort() throws IOException {
    Instant now = gateway.clock().instant();
    gateway.fetch().manifests(Samples.stale(manifest, now, now, "x".repeat(5000)));

    assertThat(gateway.ask("HEAD", BY_TAG).header("Warning"))
        .isEqualTo("299 - \"" + "x".repeat(200) + '"');
  }

  private Found checkedNow() {
    Instant now = gateway.clock().instant();
    return Samples.tagged(manifest, now, now.plusSeconds(60));
  }
}
