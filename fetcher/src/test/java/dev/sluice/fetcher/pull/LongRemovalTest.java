package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while images are removed, which occupies its thread for as long as it takes. */
class LongRemovalTest {

  private static final RepositoryName APP = new RepositoryName("up/app");
  private static final String ALL_OLD =
      policy("\"tagStatus\":\"any\",\"countType\":\"sinceImagePulled\",\"countUnit\":\"days\"");
  private static final String MOST_UNTAGGED =
      policy("\"tagStatus\":\"untagged\",\"countType\":\"imageCountMoreThan\"");

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;
  private FakeImage newer;

  private static String policy(String selection) {
    return """
        {"rules":[{"rulePriority":1,"selection":{%s,"countNumber":1},"action":{"type":"expire"}}]}
        """
        .formatted(selection);
  }

  @BeforeEach
  void pull() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "1").push();
    bench.found("up/app", "1");
    bench.clock.advance(Duration.ofHours(1));
    newer = bench.registry.image("app", "2").layer(100).push();
    bench.found("up/app", "2");
    bench.registry.image("other", "1").layer(200).push();
    bench.found("up/other", "1");
    bench.clock.advance(Duration.ofHours(3));
  }

  private void put(String repository, Optional<String> policy) {
    bench.set(repository, known -> known.withLifecyclePolicy(policy));
  }

  private void expireAllOld() {
    put("up/app", Optional.of(ALL_OLD));
    bench.clock.advance(Duration.ofDays(2));
    bench.use();
  }

  private List<Digest> held(String repository) {
    return await(bench.catalog.images(new RepositoryName(repository))).stream()
        .map(ImageRecord::digest)
        .toList();
  }

  private void assertOthersAreAnswered() {
    assertThat(bench.found("up/other", "1").provenance()).isEqualTo(Provenance.STALE);
  }

  @Test
  void aCachedPullIsAnsweredWhileImagesExpire() {
    expireAllOld();
    Hold look = bench.catalog.holdLooks();
    Hold removal = bench.catalog.holdRemovals();
    Future<Void> expiry = bench.fetcher.chores().expire();

    look.awaitHeld();
    assertOthersAreAnswered();
    look.release();
    removal.awaitHeld();
    assertOthersAreAnswered();
    assertThat(expiry.isComplete()).isFalse();
    removal.release();

    await(expiry);
    assertThat(held("up/app")).isEmpty();
  }

  @Test
  void aCachedPullIsAnsweredWhileSomebodyDeletesImages() {
    bench.use();
    Hold removal = bench.catalog.holdRemovals();
    Future<Set<Digest>> deletion = bench.fetcher.images(APP, Set.of(image.digest()));

    removal.awaitHeld();
    assertOthersAreAnswered();
    removal.release();

    assertThat(await(deletion)).containsExactly(image.digest());
  }

  @Test
  void aPolicyThatIsWithdrawnMeanwhileExpiresNothing() {
    expireAllOld();
    Hold removal = bench.catalog.holdRemovals();
    Future<Void> expiry = bench.fetcher.chores().expire();

    removal.awaitHeld();
    put("up/app", Optional.empty());
    removal.release();

    await(expiry);
    assertThat(held("up/app")).hasSize(2);
    assertThat(bench.repository("up/app").flatMap(Repository::lifecycleEvaluatedAt)).isEmpty();
  }

  @Test
  void aPolicyThatIsWithdrawnBeforeItsTurnIsNotEvaluated() {
    expireAllOld();
    put("up/other", Optional.of(ALL_OLD));
    Hold look = bench.catalog.holdLooks();
    Future<Void> expiry = bench.fetcher.chores().expire();

    look.awaitHeld();
    put("up/other", Optional.empty());
    look.release();

    await(expiry);
    assertThat(held("up/app")).isEmpty();
    assertThat(held("up/other")).hasSize(1);
  }

  @Test
  void anImageThatIsPulledMeanwhileStays() {
    expireAllOld();
    Hold removal = bench.catalog.holdRemovals();
    Future<Void> expiry = bench.fetcher.chores().expire();

    removal.awaitHeld();
    await(bench.fetcher.pulled(APP, image.digest()));
    removal.release();

    await(expiry);
    assertThat(held("up/app")).containsExactly(image.digest());
  }

  @Test
  void anImageThatIsTaggedMeanwhileStays() {
    TagEntry entry = await(bench.tags.find(APP, new Tag("1"))).orElseThrow();
    await(bench.fetcher.tag(APP, new Tag("1")));
    await(bench.fetcher.tag(APP, new Tag("2")));
    put("up/app", Optional.of(MOST_UNTAGGED));
    Hold removal = bench.catalog.holdRemovals();
    Future<Void> expiry = bench.fetcher.chores().expire();

    removal.awaitHeld();
    await(bench.tags.point(APP, new Tag("again"), entry));
    removal.release();

    await(expiry);
    assertThat(held("up/app")).containsExactlyInAnyOrder(image.digest(), newer.digest());
  }
}
