package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.TagMutability;
import dev.sluice.metadata.TagMutability.Mode;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag that may not move is pulled once and then left as it is. */
class ImmutableTagTest {

  private static final Duration INTERVAL = Bench.POLICIES.checkIntervals().usual();

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;
  private FakeImage newer;

  @BeforeEach
  void pullOnceAndThenMoveUpstream() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").push();
    bench.found("up/app", "latest");
    newer = bench.registry.image("app", "latest").layer(10).push();
    bench.registry.forgetRequests();
  }

  private void set(Mode mode, String... exclusions) {
    var mutability =
        new TagMutability(mode, List.of(exclusions).stream().map(NamePattern::new).toList());
    bench.set("up/app", known -> known.with(known.settings().with(mutability)));
  }

  private void assertStays() {
    bench.clock.advance(INTERVAL.multipliedBy(3));
    var found = bench.found("up/app", "latest");
    assertThat(found.manifest().digest()).isEqualTo(image.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.HIT);
    assertThat(found.staleReason()).isEmpty();
    assertThat(found.usableUntil()).isEqualTo(bench.clock.instant().plus(INTERVAL));
    assertThat(bench.registry.requests()).isEmpty();
  }

  private void assertMoves() {
    bench.clock.advance(INTERVAL);
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(newer.digest());
  }

  @Test
  void itIsNeverAskedForAgain() {
    set(Mode.IMMUTABLE);
    assertStays();
    assertStays();
  }

  @Test
  void exclusionsTurnItAround() {
    set(Mode.MUTABLE_WITH_EXCLUSION, "v*", "lat*");
    assertStays();
    set(Mode.IMMUTABLE_WITH_EXCLUSION, "v*");
    assertStays();
    set(Mode.IMMUTABLE_WITH_EXCLUSION, "v*", "lat*");
    assertMoves();
  }

  @Test
  void itMovesOnceItMay() {
    set(Mode.IMMUTABLE);
    assertStays();
    set(Mode.MUTABLE);
    assertMoves();
  }

  @Test
  void aCheckThatSomebodyWantsIsRefusedWithASentence() {
    set(Mode.IMMUTABLE);

    Refused refused = Answers.refused(bench.check("up/app", "latest"));

    assertThat(refused.reason()).isEqualTo(Reason.DENIED);
    assertThat(refused.message()).contains("up/app").contains("latest does not move");
    assertThat(bench.registry.requests()).isEmpty();
    assertStays();
  }

  @Test
  void aTagThatIsNotCachedIsFetched() {
    set(Mode.IMMUTABLE);
    FakeImage other = bench.registry.image("app", "2").layer(2).push();

    assertThat(bench.found("up/app", "2").manifest().digest()).isEqualTo(other.digest());
  }

  @Test
  void aCheckUnderWayMovesItNoMore() {
    bench.clock.advance(INTERVAL);
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();
    Future<ManifestAnswer> pull = bench.ask("up/app", "latest");
    gate.awaitHeld(1);
    set(Mode.IMMUTABLE);
    gate.release();

    assertThat(Answers.found(await(pull)).manifest().digest()).isEqualTo(image.digest());
    bench.registry.forgetRequests();
    assertStays();
  }

  @Test
  void whereNobodyCanTellWhetherItMayMoveItStays() {
    bench.repositories.garble();
    assertStays();
    bench.repositories.breakDown();
    assertStays();
  }

  @Test
  void whereItsBytesAreLostTheSameImageIsFetched() {
    set(Mode.IMMUTABLE);
    bench.store.lose(image.digest());

    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());

    assertThat(bench.registry.requests()).hasSize(1);
    assertThat(bench.registry.count("GET", image.manifestPath())).isEqualTo(1);
    bench.registry.forgetRequests();
    assertStays();
  }
}
