package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.storage.BlobLocation.Stored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Manifests that are answered without asking the fetcher, and when they no longer are. */
class ManifestMemoryTest {

  private static final Duration INTERVAL = Duration.ofMinutes(5);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final Stored manifest = gateway.store(MANIFEST);
  private final Instant start = gateway.clock().instant();

  @Test
  void aUsableManifestIsNeitherAskedForNorReadAgain() throws IOException {
    gateway.fetch().manifests(Samples.tagged(manifest, start, start.plus(INTERVAL)));
    gateway.ask("HEAD", BY_TAG);
    gateway.lose(manifest);

    try (Wire wire = gateway.connect()) {
      for (int i = 0; i < 20; i++) {
        Reply reply = wire.ask("GET", BY_TAG);
        assertThat(reply.header("X-Cache")).isEqualTo("hit");
        assertThat(reply.body().getBytes()).isEqualTo(MANIFEST);
      }
    }
    assertThat(gateway.fetch().asked()).hasSize(1);
  }

  @Test
  void itIsAskedForAgainExactlyWhenItIsNoLongerUsable() throws IOException {
    Stored moved = gateway.store("{\"moved\":true}".getBytes(UTF_8));
    gateway
        .fetch()
        .manifests(
            Samples.tagged(manifest, start, start.plus(INTERVAL)),
            Samples.tagged(moved, start.plus(INTERVAL), start.plus(INTERVAL.multipliedBy(2))));
    gateway.ask("GET", BY_TAG);

    gateway.clock().advance(INTERVAL.minusNanos(1));
    assertThat(gateway.ask("GET", BY_TAG).header("Docker-Content-Digest"))
        .isEqualTo(manifest.digest().toString());
    assertThat(gateway.fetch().asked()).hasSize(1);

    gateway.clock().advance(Duration.ofNanos(1));
    Reply reply = gateway.ask("GET", BY_TAG);
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(moved.digest().toString());
    assertThat(reply.header("X-Cache")).isEqualTo("miss");
    assertThat(reply.json().getBoolean("moved")).isTrue();
    assertThat(gateway.fetch().asked()).hasSize(2);
  }

  @Test
  void aManifestByDigestIsKeptForGood() throws IOException {
    String path = Samples.manifestPath(manifest.digest());
    gateway.fetch().manifests(Samples.byContent(manifest, Provenance.COALESCED));
    gateway.ask("GET", path);

    gateway.clock().advance(Duration.ofDays(3650));

    assertThat(gateway.ask("GET", path).header("X-Cache")).isEqualTo("hit");
    assertThat(gateway.fetch().asked()).hasSize(1);
  }

  @Test
  void aStaleAnswerFromMemoryIsStillSaidToBeStale() throws IOException {
    Instant until = start.plusSeconds(10);
    gateway.fetch().manifests(Samples.stale(manifest, start.minusSeconds(60), until, "it is down"));
    gateway.ask("GET", BY_TAG);
    gateway.clock().advance(Duration.ofSeconds(9));

    Reply reply = gateway.ask("GET", BY_TAG);

    assertThat(gateway.fetch().asked()).hasSize(1);
    assertThat(reply.header("X-Cache")).isEqualTo("stale");
    assertThat(reply.header("Warning")).isEqualTo("299 - \"it is down\"");
    assertThat(reply.header("Age")).isEqualTo("69");
  }

  @Test
  void aStaleAnswerIsFollowedByAFreshOne() throws IOException {
    gateway
        .fetch()
        .manifests(
            Samples.stale(manifest, start, start.plusSeconds(10), "it is down"),
            Samples.tagged(manifest, start.plusSeconds(10), start.plus(INTERVAL)));
    gateway.ask("GET", BY_TAG);
    gateway.clock().advance(Duration.ofSeconds(10));

    Reply reply = gateway.ask("GET", BY_TAG);

    assertThat(reply.header("Warning")).isNull();
    assertThat(reply.header("X-Cache")).isEqualTo("miss");
  }

  @Test
  void aClockThatWasSetBackFreezesNoTag() throws IOException {
    gateway
        .fetch()
        .manifests(
            Samples.stale(manifest, start.minus(INTERVAL), start.plusSeconds(10), "it is down"),
            Samples.tagged(manifest, Instant.EPOCH, Instant.EPOCH.plus(INTERVAL)));
    gateway.ask("GET", BY_TAG);
    gateway.clock().advance(Duration.between(start, Instant.EPOCH));

    Reply reply = gateway.ask("GET", BY_TAG);

    assertThat(reply.header("X-Cache")).isEqualTo("miss");
    assertThat(reply.header("Age")).isEqualTo("0");
  }

  @Test
  void whatIsRefusedIsNotRemembered() throws IOException {
    gateway
        .fetch()
        .manifests(
            Refused.absent(Reason.MANIFEST_UNKNOWN, "not yet"),
            Samples.tagged(manifest, start, start.plus(INTERVAL)));

    assertThat(gateway.ask("GET", BY_TAG).status()).isEqualTo(404);
    assertThat(gateway.ask("GET", BY_TAG).status()).isEqualTo(200);
  }

  @Test
  void anotherRepositoryIsAskedForOnItsOwn() throws IOException {
    gateway
        .fetch()
        .manifests(
            Samples.byContent(manifest, Provenance.MISS),
            Refused.absent(Reason.MANIFEST_UNKNOWN, "not here"));
    gateway.ask("GET", Samples.manifestPath(manifest.digest()));

    assertThat(gateway.ask("GET", "/v2/hub/other/manifests/" + manifest.digest()).status())
        .isEqualTo(404);
  }

  @Test
  void aManifestThatVanishedIsAskedForOnceMore() throws IOException {
    Found gone = Samples.byContent(manifest, Provenance.HIT);
    gateway.lose(manifest);
    Stored other = gateway.store(new byte[] {1});
    gateway.fetch().manifests(gone, Samples.byContent(other, Provenance.MISS));

    Reply reply = gateway.ask("GET", BY_TAG);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().getBytes()).containsExactly(1);
    assertThat(reply.header("X-Cache")).isEqualTo("miss");
  }

  @Test
  void oneThatVanishedTwiceIsTroubleForAMomentAndNoFailureOfOurs() throws IOException {
    Found gone = Samples.byContent(manifest, Provenance.HIT);
    gateway.fetch().manifests(gone, gone, Refused.absent(Reason.MANIFEST_UNKNOWN, "asked"));
    gateway.lose(manifest);

    Reply reply = gateway.ask("GET", Samples.manifestPath(manifest.digest()));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.errorCode()).isEqualTo("UNAVAILABLE");
    assertThat(reply.header("Retry-After")).isNotNull();
    assertThat(gateway.ask("GET", Samples.manifestPath(manifest.digest())).status()).isEqualTo(404);
  }
}
