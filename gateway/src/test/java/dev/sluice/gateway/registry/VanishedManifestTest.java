package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest that was found here, and cannot be read when it is to be sent. */
class VanishedManifestTest {

  @AutoClose private final LiveGateway gateway;
  private final Found gone;

  VanishedManifestTest(@TempDir Path folder) {
    gateway = new LiveGateway(folder);
    gone = Samples.byContent(new Stored(Digest.sha256(MANIFEST), MANIFEST.length), Provenance.HIT);
  }

  @Test
  void isAskedForOnceMoreAndServed() throws IOException {
    gateway
        .fetch()
        .manifests(gone, Samples.byContent(gateway.store(new byte[] {1}), Provenance.MISS));

    Reply reply = gateway.ask("GET", BY_TAG);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().getBytes()).containsExactly(1);
    assertThat(reply.header("X-Cache")).isEqualTo("miss");
  }

  @Test
  void isTroubleForAMomentWhereItIsGoneAgain() throws IOException {
    gateway.fetch().manifests(gone, gone);

    Reply reply = gateway.ask("GET", BY_TAG);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isNotNull();
    assertThat(gateway.fetch().asked()).hasSize(2);
  }
}
