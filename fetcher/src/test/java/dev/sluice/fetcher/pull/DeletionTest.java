package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted is served no more; where a rule covers it, it can be pulled anew. */
class DeletionTest {

  private static final RepositoryName APP = new RepositoryName("up/app");
  private static final Content SHARED = Content.seeded(5, 1_000);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;
  private FakeImage other;

  @BeforeEach
  void pullTwoImages() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").layer(2_000).layer(SHARED).push();
    other = bench.registry.image("app", "other").layer(SHARED).push();
    bench.found("up/app", "latest");
    bench.found("up/app", "other");
    bench.read("up/app", image.layer(0));
    bench.read("up/app", image.layer(1));
    bench.tags("up/app", "");
    bench.registry.forgetRequests();
  }

  private void dropTheRule() {
    bench.use();
    assertThat(bench.found("up/app", "latest").provenance()).isEqualTo(Provenance.STALE);
    assertThat(bench.blob("up/app", image.layer(0), false)).isInstanceOf(BlobAnswer.Found.class);
  }

  private void assertNowhere(Object reference) {
    assertThat(bench.refused("up/app", reference).reason()).isEqualTo(Reason.NAME_UNKNOWN);
  }

  private void assertNoBlob(FakeImage of, int layer) {
    for (boolean headOnly : new boolean[] {true, false}) {
      assertThat(Answers.refused(bench.blob("up/app", of.layer(layer), headOnly)).reason())
          .isEqualTo(Reason.NAME_UNKNOWN);
    }
  }

  @Test
  void aRepositoryIsGoneAtOnceWithAllItHeld() {
    dropTheRule();

    assertThat(await(bench.fetcher.repository(APP)).map(Repository::name)).contains(APP);

    for (Object reference : new Object[] {"latest", "other", image.digest(), other.digest()}) {
      assertNowhere(reference);
    }
    assertNoBlob(image, 0);
    assertNoBlob(image, 1);
    assertThat(Answers.refused(bench.tags("up/app", "")).reason()).isEqualTo(Reason.NAME_UNKNOWN);
    assertThat(bench.repository("up/app")).isEmpty();
    assertThat(await(bench.fetcher.repository(APP))).isEmpty();
    assertThat(bench.changes.names()).containsOnly("up/app");
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void anImageIsGoneAtOnceWithItsTagsAndWhatItAloneLists() {
    dropTheRule();

    assertThat(await(bench.fetcher.images(APP, Set.of(image.digest()))))
        .containsExactly(image.digest());

    assertNowhere("latest");
    assertNowhere(image.digest());
    assertNoBlob(image, 0);
    assertThat(bench.found("up/app", other.digest()).manifest().digest()).isEqualTo(other.digest());
    assertThat(bench.read("up/app", other.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(bench.tags("up/app", ""))
        .isInstanceOfSatisfying(
            TagsAnswer.Page.class, page -> assertThat(page.tags()).containsExactly("other"));
    assertThat(await(bench.fetcher.images(APP, Set.of(image.digest())))).isEmpty();
    assertThat(bench.changes.names()).containsOnly("up/app@" + image.digest());
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aTagIsGoneAtOnceAndWhatItPointedToStays() {
    dropTheRule();

    assertThat(await(bench.fetcher.tag(APP, new Tag("latest")))).isTrue();

    assertNowhere("latest");
    bench.found("up/app", image.digest());
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(await(bench.fetcher.tag(APP, new Tag("latest")))).isFalse();
    assertThat(bench.changes.names()).containsOnly("up/app:latest");
  }

  @Test
  void whereARuleCoversItTheNextPullAsksUpstreamAnew() {
    await(bench.fetcher.repository(APP));
    FakeImage newer = bench.registry.image("app", "latest").layer(3_000).push();

    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(newer.digest());
    assertThat(bench.found("up/app", image.digest()).provenance()).isEqualTo(Provenance.MISS);
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);

    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);
    assertThat(bench.registry.count("HEAD", image.layerPath(0))).isEqualTo(1);
    assertThat(bench.repository("up/app")).isPresent();
  }

  @Test
  void itsNeighboursAreLeftAlone() {
    bench.registry.image("app/sub", "latest").push();
    bench.found("up/app/sub", "latest");

    await(bench.fetcher.repository(APP));

    bench.use();
    bench.found("up/app/sub", "latest");
    assertThat(bench.repository("up/app/sub")).isPresent();
  }

  @Test
  void whatCannotBeDeletedStaysAndSaysSo() {
    bench.catalog.seal();

    assertThat(bench.fetcher.images(APP, Set.of(image.digest())))
        .satisfies(
            failed -> assertThat(await(failed.map("").otherwise("failed"))).isEqualTo("failed"));

    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());
  }

  @Test
  void aListOfTagsFromBeforeIsNotGivenWhenUpstreamIsGone() {
    await(bench.fetcher.tag(APP, new Tag("latest")));
    bench.registry.close();

    assertThat(bench.tags("up/app", ""))
        .isInstanceOfSatisfying(
            TagsAnswer.Page.class, page -> assertThat(page.tags()).containsExactly("other"));
  }
}
