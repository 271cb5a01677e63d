package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images go as the lifecycle policies of their repositories say. */
class LifecycleExpiryTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private final List<FakeImage> images = new ArrayList<>();

  @BeforeEach
  void pullThreeAnHourApart() {
    bench = new Bench(folder);
    for (String tag : List.of("1", "2", "3")) {
      pull("app", tag);
    }
  }

  private FakeImage pull(String repository, String tag) {
    FakeImage image = bench.registry.image(repository, tag).layer(100).push();
    bench.found("up/" + repository, tag);
    bench.clock.advance(HOUR);
    images.add(image);
    return image;
  }

  private void put(String repository, String policy) {
    bench.set(repository, known -> known.withLifecyclePolicy(Optional.of(policy)));
  }

  private static String keep(int images) {
    return """
        {"rules":[{"rulePriority":1,"selection":{"tagStatus":"any",
        "countType":"imageCountMoreThan","countNumber":%d},"action":{"type":"expire"}}]}
        """
        .formatted(images);
  }

  private void expire() {
    await(bench.fetcher.chores().expire());
  }

  private List<Digest> held(String repository) {
    return await(bench.catalog.images(new RepositoryName(repository))).stream()
        .map(ImageRecord::digest)
        .toList();
  }

  private Optional<Instant> evaluatedAt(String repository) {
    return bench.repository(repository).flatMap(Repository::lifecycleEvaluatedAt);
  }

  @Test
  void whatIsTooMuchGoesAndIsNotServedAnyMore() {
    put("up/app", keep(1));

    expire();

    assertThat(held("up/app")).containsExactly(images.get(2).digest());
    assertThat(bench.changes.names())
        .containsExactlyInAnyOrder(
            "up/app@" + images.get(0).digest(), "up/app@" + images.get(1).digest());
    assertThat(evaluatedAt("up/app")).contains(bench.clock.instant());
    bench.use();
    bench.refused("up/app", "1");
    bench.found("up/app", "3");
  }

  @Test
  void nothingGoesWithoutAPolicy() {
    expire();

    assertThat(held("up/app")).hasSize(3);
    assertThat(evaluatedAt("up/app")).isEmpty();
  }

  @Test
  void aPolicyIsEvaluatedOnceADay() {
    put("up/app", keep(3));
    expire();
    pull("app", "4");
    expire();
    assertThat(held("up/app")).hasSize(4);

    bench.clock.advance(Duration.ofHours(21));
    expire();
    assertThat(held("up/app")).hasSize(4);
    bench.clock.advance(HOUR);
    expire();
    assertThat(held("up/app")).hasSize(3);
  }

  @Test
  void aNewPolicyIsEvaluatedAtTheNextLook() {
    put("up/app", keep(3));
    expire();
    put("up/app", keep(2));
    expire();

    assertThat(held("up/app")).hasSize(2);
  }

  @Test
  void aClockThatWasSetBackHoldsUpNothing() {
    put("up/app", keep(3));
    expire();
    pull("app", "4");
    bench.clock.advance(Duration.ofDays(-400));

    expire();

    assertThat(held("up/app")).hasSize(3);
  }

  @Test
  void aPolicyThatCannotBeEvaluatedHoldsUpNoOther() {
    pull("b", "1");
    pull("b", "2");
    put("up/app", "not a policy");
    put("up/b", keep(1));

    expire();

    assertThat(held("up/app")).hasSize(3);
    assertThat(held("up/b")).hasSize(1);
  }

  @Test
  void whatCouldNotBeExpiredIsTriedAgainAtTheNextLook() {
    put("up/app", keep(1));
    bench.catalog.seal();
    expire();
    assertThat(held("up/app")).hasSize(3);
    assertThat(evaluatedAt("up/app")).isEmpty();

    bench.catalog.unseal();
    expire();
    assertThat(held("up/app")).hasSize(1);
  }

  @Test
  void childrenStayWithTheirIndexAndMayGoOnceItIsGone() {
    FakeIndex index =
        bench
            .registry
            .index("multi", "latest")
            .platform("linux/amd64")
            .platform("linux/arm64")
            .push();
    bench.found("up/multi", "latest");
    FakeImage child = index.child("linux/amd64");
    bench.clock.advance(HOUR);
    bench.found("up/multi", child.digest());
    pull("multi", "newer");
    put("up/multi", keep(1));

    expire();
    assertThat(held("up/multi"))
        .containsExactlyInAnyOrder(child.digest(), images.getLast().digest());

    bench.clock.advance(Duration.ofDays(1));
    expire();
    assertThat(held("up/multi")).containsExactly(images.getLast().digest());
  }
}
