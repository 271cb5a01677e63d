package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.MediaTypes;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes are served to a repository only if they are its own, wherever they lie. */
class MembershipTest {

  private static final Content BYTES = Content.seeded(3, 100_000);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private Digest layer;

  @BeforeEach
  void pullThroughOneRepository() {
    bench = new Bench(folder);
    FakeImage image = bench.registry.image("one", "latest").layer(BYTES).push();
    bench.registry.image("two", "latest").push();
    layer = image.layer(0);
    bench.found("up/one", "latest");
    bench.found("up/two", "latest");
  }

  @Test
  void anotherRepositoryIsServedFromTheCacheOnceUpstreamHasVouched() {
    bench.read("up/one", layer);
    bench.drain();
    bench.registry.blob("two", Algorithm.SHA256, BYTES);
    bench.registry.forgetRequests();

    assertServed("up/two");
    assertServed("up/two");

    assertThat(bench.registry.count("HEAD", "^/v2/two/blobs/")).isEqualTo(1);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void whatUpstreamDoesNotHaveThereIsNotServedThere() {
    bench.read("up/one", layer);
    bench.drain();
    bench.registry.forgetRequests();

    for (boolean headOnly : new boolean[] {false, true}) {
      assertThat(Answers.refused(bench.blob("up/two", layer, headOnly)).reason())
          .isEqualTo(Reason.BLOB_UNKNOWN);
      bench.clock.advance(Absences.KEPT);
    }

    assertThat(bench.registry.count("HEAD", "^/v2/two/blobs/")).isEqualTo(2);
    assertThat(bench.registry.requests()).hasSize(2);
  }

  @Test
  void whatUpstreamCannotBeAskedForIsNotServedThereEither() {
    bench.read("up/one", layer);
    bench.drain();
    bench.registry.onHead(BLOBS).always(AnswerFaults.status(500));
    assertThat(Answers.refused(bench.blob("up/two", layer, false)).reason())
        .isEqualTo(Reason.UNAVAILABLE);
    bench.registry.close();
    assertThat(Answers.refused(bench.blob("up/two", layer, false)).reason())
        .isEqualTo(Reason.UNAVAILABLE);
    assertServed("up/one");
  }

  @Test
  void aBlobThatGrowsForAnotherRepositoryIsAskedForToo() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(50_000);
    await(bench.download("up/one", layer));
    gate.awaitHeld(1);

    assertThat(Answers.refused(bench.blob("up/two", layer, false)).reason())
        .isEqualTo(Reason.BLOB_UNKNOWN);
    bench.registry.blob("two", Algorithm.SHA256, BYTES);
    bench.clock.advance(Absences.KEPT);
    assertThat(bench.blob("up/two", layer, false)).isInstanceOf(BlobAnswer.Found.class);

    gate.release();
    bench.drain();
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void aRequestThatAnotherRepositoryHasUnderWayIsWaitedForAndThenAskedFor() {
    Gate gate = bench.registry.onGet(BLOBS).holdHeaders();
    CompletableFuture<Download> first = bench.download("up/one", layer);
    gate.awaitHeld(1);
    CompletableFuture<Download> stranger = bench.download("up/two", layer);
    bench.settle();
    gate.release();

    assertThat(await(first).end()).isInstanceOf(Download.End.Whole.class);
    assertThat(await(stranger).end())
        .isInstanceOfSatisfying(
            Download.End.Refusal.class, error -> assertThat(error.status()).isEqualTo(404));
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
    assertThat(bench.registry.count("HEAD", "^/v2/two/blobs/")).isEqualTo(1);
  }

  @Test
  void aFailureForOneRepositoryIsNoneForAnother() {
    bench.registry.blob("two", Algorithm.SHA256, BYTES);
    bench.registry.onGet("^/v2/one/blobs/").always(AnswerFaults.status(404));
    Gate gate = bench.registry.onGet("^/v2/one/blobs/").holdHeaders();
    CompletableFuture<Download> first = bench.download("up/one", layer);
    gate.awaitHeld(1);
    CompletableFuture<Download> second = bench.download("up/two", layer);
    bench.settle();
    gate.release();

    assertThat(await(first).end()).isInstanceOf(Download.End.Refusal.class);
    assertThat(await(second).end()).isInstanceOf(Download.End.Whole.class);
  }

  @Test
  void aManifestThatListsAForeignLayerOpensNoBytesOfAnotherRepository() {
    bench.read("up/one", layer);
    bench.drain();
    var config = bench.registry.image("evil", "any").push().config().digest();
    String lie =
        """
        {"schemaVersion":2,"config":{"digest":"%s","size":1},"layers":[{"digest":"%s",
        "size":100000,"urls":["http://127.0.0.1:1/"]}]}"""
            .formatted(config, layer);
    var manifest = bench.registry.manifest("evil", MediaTypes.OCI.manifest(), Content.of(lie));
    bench.registry.tag("evil", "latest", manifest.digest());
    bench.found("up/evil", "latest");

    assertThat(Answers.refused(bench.blob("up/evil", layer, false)).reason())
        .isEqualTo(Reason.BLOB_UNKNOWN);
    assertThat(Answers.refused(bench.blob("up/evil", layer, true)).reason())
        .isEqualTo(Reason.BLOB_UNKNOWN);
  }

  @Test
  void anotherRepositorysSilentUpstreamKeepsNobodyWaiting() {
    bench.registry.blob("two", Algorithm.SHA256, BYTES);
    Gate gate = bench.registry.onGet("^/v2/one/blobs/").holdHeaders();
    CompletableFuture<Download> silent = bench.download("up/one", layer);
    gate.awaitHeld(1);

    assertServed("up/two");

    gate.release();
    assertThat(await(silent).end()).isInstanceOf(Download.End.Whole.class);
  }

  @Test
  void aLayerIsNoManifest() {
    bench.read("up/one", layer);
    bench.drain();
    assertThat(bench.refused("up/one", layer).reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
  }

  @Test
  void aManifestOfAnotherRepositoryIsAskedFor() {
    Digest manifest = bench.found("up/one", "latest").manifest().digest();
    assertThat(bench.refused("up/two", manifest).reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
    assertThat(Answers.refused(bench.blob("up/two", manifest, false)).reason())
        .isEqualTo(Reason.BLOB_UNKNOWN);
  }

  @Test
  void withoutARuleMembersAreServedAndNothingElse() {
    bench.read("up/one", layer);
    bench.drain();
    bench.use();
    assertServed("up/one");
    assertThat(Answers.refused(bench.blob("up/two", layer, false)).reason())
        .isEqualTo(Reason.NAME_UNKNOWN);
  }

  private void assertServed(String repository) {
    assertThat(bench.read(repository, layer))
        .isInstanceOfSatisfying(
            Download.End.Whole.class, whole -> assertThat(whole.is(layer)).isTrue());
  }
}
