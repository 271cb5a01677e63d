package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A known manifest whose bytes only the archive has is as good as one that is here. */
class ArchivedManifestTest {

  @TempDir Path folder;
  @AutoClose private ArchivedLayer archived;
  private Bench bench;
  private FakeArchive archive;
  private Digest manifest;

  @BeforeEach
  void archiveAManifest() {
    archived = new ArchivedLayer(folder);
    bench = archived.bench;
    archive = archived.archive;
    manifest = archived.image.digest();
    archive.takeFrom(bench.store, manifest);
  }

  @Test
  void itIsServedByDigestWithoutAnUpstream() {
    archived.registry.close();

    assertThat(bench.found("up/app", manifest).provenance()).isEqualTo(Provenance.HIT);
    assertThat(bench.found("up/app", manifest).provenance()).isEqualTo(Provenance.HIT);

    assertThat(bench.store.blobs()).contains(manifest.hex());
    assertThat(archive.opened()).containsExactly(0L);
  }

  @Test
  void aFreshTagIsServedWithoutAnUpstream() {
    archived.registry.close();
    assertThat(bench.found("up/app", "latest").provenance()).isEqualTo(Provenance.HIT);
  }

  @Test
  void aTagThatIsDueIsServedStaleWhereUpstreamIsDown() {
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    archived.registry.close();

    var found = bench.found("up/app", "latest");

    assertThat(found.manifest().digest()).isEqualTo(manifest);
    assertThat(found.provenance()).isEqualTo(Provenance.STALE);
  }

  @Test
  void manyWhoAskAtOnceCostOneStream() {
    bench.ask(50, "up/app", manifest).forEach(asked -> Answers.found(Answers.await(asked)));

    assertThat(archive.opened()).containsExactly(0L);
    assertThat(archived.registry.requests()).isEmpty();
  }

  @Test
  void aRepositoryThatDoesNotKnowItAsksUpstream() {
    assertThat(bench.refused("up/two", manifest).reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
    assertThat(archive.opened()).isEmpty();
  }

  @Test
  void wrongBytesAreDroppedAndTheRightOnesAskedOfUpstream() {
    archive.put(manifest, "{}".getBytes(StandardCharsets.US_ASCII));

    assertThat(bench.found("up/app", manifest).provenance()).isEqualTo(Provenance.MISS);

    assertThat(archived.registry.requests("GET", MANIFESTS)).hasSize(1);
    assertThat(bench.store.blobs()).contains(manifest.hex());
  }

  @Test
  void whatIsTooLargeForAManifestIsNotTaken() {
    archive.put(manifest, new byte[(4 << 20) + 1]);

    assertThat(bench.found("up/app", manifest).provenance()).isEqualTo(Provenance.MISS);

    assertThat(archive.discarded()).isPositive();
  }
}
