package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.BlobRequest.Way;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on this node's disk no longer, but in the archive, is brought back from there. */
class ArchivedBlobTest {

  @TempDir Path folder;
  @AutoClose private ArchivedLayer archived;
  private Bench bench;
  private FakeArchive archive;

  @BeforeEach
  void archiveALayer() {
    archived = new ArchivedLayer(folder);
    bench = archived.bench;
    archive = archived.archive;
  }

  private void assertNothingAskedOfUpstream() {
    assertThat(archived.registry.requests()).isEmpty();
  }

  @Test
  void itIsServedAndKeptWithoutAnUpstream() {
    archived.registry.close();

    archived.assertServed();
    archived.assertServed();

    assertThat(archive.opened()).containsExactly(0L);
    assertThat(archive.finds()).isEqualTo(1);
    assertNothingAskedOfUpstream();
  }

  @Test
  void aHundredReadersFollowOneStream() {
    FakeArchive.Held hold = archive.holdNext(ArchivedLayer.HALF);
    List<CompletableFuture<Download>> begun = bench.download(100, "up/app", archived.layer);
    List<Download> readers = begun.stream().map(Answers::await).toList();
    hold.cut();

    assertThat(readers).allSatisfy(reader -> archived.assertWhole(reader.end()));
    assertThat(readers.stream().filter(reader -> reader.provenance().equals("MISS"))).hasSize(1);
    assertThat(archive.opened()).containsExactly(0L, (long) ArchivedLayer.HALF);
    assertNothingAskedOfUpstream();
  }

  @Test
  void whatTheArchiveDoesNotHaveIsAskedOfUpstreamOnce() {
    archive.lose(archived.layer);

    bench.download(20, "up/app", archived.layer).stream()
        .map(Answers::await)
        .forEach(reader -> archived.assertWhole(reader.end()));

    assertThat(archive.opened()).isEmpty();
    assertThat(archived.registry.requests()).hasSize(1);
  }

  @Test
  void aHeadIsAnsweredAndBringsNothingIn() {
    archived.registry.close();

    assertThat(bench.blob("up/app", archived.layer, true))
        .isEqualTo(new BlobAnswer.Upstream(OptionalLong.of(ArchivedLayer.SIZE)));

    assertThat(archive.opened()).isEmpty();
    assertThat(bench.store.blobs()).doesNotContain(archived.layer.hex());
  }

  @Test
  void anotherRepositoryHasItOnceUpstreamHasVouched() {
    bench.registry.image("two", "latest").push();
    bench.found("up/two", "latest");
    bench.registry.blob("two", Algorithm.SHA256, ArchivedLayer.BYTES);
    bench.registry.forgetRequests();

    archived.assertWhole(bench.read("up/two", archived.layer));

    assertThat(bench.registry.count("HEAD", "^/v2/two/blobs/")).isEqualTo(1);
    assertThat(bench.registry.requests()).hasSize(1);
    assertThat(archive.opened()).containsExactly(0L);
  }

  @Test
  void anotherRepositoryDoesNotHaveItWhereUpstreamSaysNoOrNothing() {
    for (boolean headOnly : new boolean[] {true, false}) {
      assertThat(Answers.refused(bench.blob("up/two", archived.layer, headOnly)).reason())
          .isEqualTo(Reason.BLOB_UNKNOWN);
    }
    assertThat(bench.registry.requests("HEAD", BLOBS)).hasSize(1);
    assertThat(archive.finds()).isEqualTo(1);
    bench.registry.close();
    bench.clock.advance(Absences.KEPT);
    for (boolean headOnly : new boolean[] {true, false}) {
      assertThat(Answers.refused(bench.blob("up/two", archived.layer, headOnly)).reason())
          .isEqualTo(Reason.UNAVAILABLE);
    }
    assertThat(Answers.refused(await(elsewhere("up/two"))).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(archive.opened()).isEmpty();
  }

  @Test
  void whoMayGoElsewhereIsGivenALinkAndNothingIsBroughtIn() {
    archived.registry.close();

    assertThat(await(elsewhere("up/app"))).isEqualTo(new BlobAnswer.Linked(linked()));

    assertThat(archive.opened()).isEmpty();
    assertThat(bench.store.blobs()).doesNotContain(archived.layer.hex());
  }

  @Test
  void aLinkIsGivenForWhatIsHereTooAndForNothingThatIsNotInTheArchive() {
    archived.assertServed();
    assertThat(await(elsewhere("up/app"))).isEqualTo(new BlobAnswer.Linked(linked()));

    archive.lose(archived.layer);
    assertThat(await(elsewhere("up/app"))).isInstanceOf(BlobAnswer.Found.class);
    bench.store.lose(archived.layer);
    assertThat(await(elsewhere("up/app"))).isInstanceOf(BlobAnswer.Found.class);
    assertThat(archived.registry.requests("GET", BLOBS)).hasSize(1);
  }

  @Test
  void whoComesBackIsServedHereAndTheArchivesBytesAreDoubted() {
    archived.assertServed();
    assertThat(await(elsewhere("up/app"))).isInstanceOf(BlobAnswer.Linked.class);

    assertThat(await(ask("up/app", Way.BACK_FROM_ELSEWHERE))).isInstanceOf(BlobAnswer.Found.class);

    assertThat(archive.doubted()).containsExactly(archived.layer);
  }

  @Test
  void nobodyIsSentToBytesOfAnotherSize() {
    archived.assertServed();
    archive.put(archived.layer, new byte[5]);

    assertThat(await(elsewhere("up/app"))).isInstanceOf(BlobAnswer.Found.class);

    assertThat(archive.doubted()).containsExactly(archived.layer);
  }

  @Test
  void completionBringsNothingInThatTheArchiveHas() {
    bench.use(bench.rule("up", Bench.POLICIES.with(new Platforms.All())));
    FakeIndex index = bench.registry.index("app", "many").platform("linux/amd64", 1_000).push();
    Digest other = index.children().values().iterator().next().layer(0);
    archive.put(other, new byte[1_000]);
    int heard = bench.heard();

    bench.found("up/app", "many");

    // The index, its child, the child's config, and upstream's word on the layer.
    bench.awaitHeard(heard + 4);
    bench.drain();
    assertThat(bench.registry.requests("HEAD", BLOBS)).hasSize(1);
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(1);
    assertThat(archive.opened()).isEmpty();
    assertThat(bench.store.blobs()).doesNotContain(other.hex());
  }

  private URI linked() {
    return archive.link(archived.layer).orElseThrow();
  }

  private Future<BlobAnswer> elsewhere(String repository) {
    return ask(repository, Way.ELSEWHERE);
  }

  private Future<BlobAnswer> ask(String repository, Way way) {
    RepositoryName name = new RepositoryName(repository);
    return bench.fetcher.blob(new BlobRequest(name, archived.layer, false, way));
  }
}
