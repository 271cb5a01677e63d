package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pulls of manifests are noted, seldom, and at nobody's cost. */
class PullNotesTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final Stored manifest = gateway.store(MANIFEST);
  private final Instant start = gateway.clock().instant();
  private final String noted = "hub/app@" + manifest.digest();

  @BeforeEach
  void findTheManifest() {
    gateway.fetch().manifests(Samples.tagged(manifest, start, start.plus(Duration.ofDays(9))));
  }

  private void pull(int times, String path) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(gateway.ask("GET", path).status()).isEqualTo(200);
    }
  }

  @Test
  void anImageIsNotedOnceAnHourByWhateverNameItIsPulled() throws IOException {
    gateway.fetch().manifests(Samples.byContent(manifest, Provenance.HIT));
    pull(5, BY_TAG);
    pull(5, Samples.manifestPath(manifest.digest()));
    assertThat(gateway.fetch().pulled()).containsExactly(noted);

    gateway.clock().advance(HOUR.minusMillis(1));
    pull(5, BY_TAG);
    assertThat(gateway.fetch().pulled()).hasSize(1);
    gateway.clock().advance(Duration.ofMillis(1));
    pull(5, BY_TAG);
    assertThat(gateway.fetch().pulled()).containsExactly(noted, noted);
  }

  @Test
  void aClockThatWasSetBackHoldsUpNothing() throws IOException {
    pull(1, BY_TAG);
    gateway.clock().advance(Duration.ofDays(-30));
    gateway.fetch().manifests(Samples.tagged(manifest, start, start.plus(Duration.ofDays(9))));
    pull(1, BY_TAG);

    assertThat(gateway.fetch().pulled()).hasSize(2);
  }

  @Test
  void aLookIsNoPull() throws IOException {
    assertThat(gateway.ask("HEAD", BY_TAG).status()).isEqualTo(200);
    assertThat(gateway.ask("HEAD", BY_TAG).status()).isEqualTo(200);
    assertThat(gateway.fetch().pulled()).isEmpty();
  }

  @Test
  void whatIsRefusedIsNotPulled() throws IOException {
    gateway.fetch().manifests(Refused.absent(Reason.MANIFEST_UNKNOWN, "none"));
    pull(1, BY_TAG);
    gateway.ask("GET", "/v2/hub/app/manifests/other");
    assertThat(gateway.fetch().pulled()).hasSize(1);
  }

  @Test
  void aNoteThatCannotBeMadeHoldsUpNoAnswer() throws IOException {
    gateway.fetch().notePulls(Future.failedFuture("no space left"));
    pull(3, BY_TAG);
    gateway.clock().advance(HOUR);
    gateway.fetch().notePulls(Future.future(never -> {}));
    pull(3, BY_TAG);
    assertThat(gateway.fetch().pulled()).hasSize(2);
  }

  @Test
  void anImageThatCameBackAfterItsDeletionIsNotedAnew() throws IOException {
    pull(1, BY_TAG);
    gateway.changes().images(new RepositoryName("hub/app"), Set.of(manifest.digest()));
    gateway.fetch().manifests(Samples.tagged(manifest, start, start.plus(Duration.ofDays(9))));
    pull(1, BY_TAG);
    assertThat(gateway.fetch().pulled()).hasSize(2);
  }
}
