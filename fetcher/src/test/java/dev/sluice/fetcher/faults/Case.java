package dev.sluice.fetcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One row in one place and state, from the first pull to the one after upstream has recovered. */
record Case(Row row, Place place, State state) {

  /** Between two rounds: longer than any upstream can keep us away, shorter than the interval. */
  private static final Duration PAUSE = Duration.ofHours(2);

  static Stream<Case> inEveryState(Row row, Place place) {
    return Stream.of(State.values()).map(state -> new Case(row, place, state));
  }

  @Override
  public String toString() {
    return row.name() + ' ' + place + ' ' + state;
  }

  void play(Path folder) {
    try (Scene scene = new Scene(state, place, folder, row.setting().apply(BenchOptions.plain()))) {
      prepare(scene);
      row.mischief().strike(scene);
      scene.registry().forgetRequests();
      meet(scene);
      scene.pulls.checkStore();
      row.tally().accept(scene);
      row.mischief().cease(scene);
      checkRecovered(scene);
    }
  }

  private void prepare(Scene scene) {
    if (state == State.WARM) {
      assertThat(scene.pulls.tag("latest").isServed()).isTrue();
      assertThat(scene.pulls.layer(0).isServed()).isTrue();
      assertThat(scene.pulls.tags().isServed()).isTrue();
      scene.advance(Bench.POLICIES.checkIntervals().usual());
    } else if (place == Place.BLOB) {
      assertThat(scene.pulls.tag("latest").isServed()).isTrue();
    }
  }

  private void meet(Scene scene) {
    switch (state) {
      case COLD -> meetAlone(scene);
      case FILLING -> meetTogether(scene).forEach(seen -> row.expected().check(seen, row.reason()));
      case WARM -> {
        checkCached(scene);
        if (place == Place.BLOB || place == Place.DIGEST) {
          meetAlone(scene);
          checkCached(scene);
        }
      }
    }
  }

  private void meetAlone(Scene scene) {
    for (int round = 0; round < row.rounds(); round++) {
      scene.advance(round == 0 ? Duration.ZERO : PAUSE);
      scene.pulls.struck().forEach(seen -> row.expected().check(seen, row.reason()));
    }
  }

  private List<Seen> meetTogether(Scene scene) {
    if (row.held() == Row.NEVER) {
      return scene.pulls.struckTogether(false).stream().map(Supplier::get).toList();
    }
    // Only a blob's body can be read while it comes in.
    boolean inBody = row.held() >= 0 && place == Place.BLOB;
    Gate gate = scene.registry().onGet(scene.path()).holdAt(inBody ? row.held() : Row.AT_HEAD);
    List<Supplier<Seen>> clients = scene.pulls.struckTogether(inBody);
    gate.awaitHeld(1);
    if (place == Place.BLOB) {
      assertThat(scene.pulls.layer(Scene.BYSTANDER).isServed()).as("a bystander").isTrue();
    }
    row.mischief().whileHeld(scene);
    gate.release();
    return clients.stream().map(Supplier::get).toList();
  }

  /** What is cached is served whatever happens; where nobody could confirm it, that is said. */
  private void checkCached(Scene scene) {
    long began = System.nanoTime();
    Seen tag = scene.pulls.tag("latest");
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(tag).isInstanceOf(Seen.Manifest.class);
    assertThat(took).isLessThan(Bench.POLICIES.checkBudget().plusSeconds(5));
    Seen list = scene.pulls.tags();
    assertThat(list).isInstanceOf(Seen.Tags.class);
    if (row.expected().leavesStale()) {
      boolean tagIsStruck = place == Place.MANIFEST || place == Place.TOKEN;
      boolean listIsStruck = place == Place.TAGS || place == Place.TOKEN;
      assertThat(((Seen.Manifest) tag).digest()).isEqualTo(scene.image().digest());
      assertThat(tagIsStruck && tag.stale().isEmpty()).as("%s", tag).isFalse();
      assertThat(listIsStruck && list.stale().isEmpty()).as("%s", list).isFalse();
    } else if (row.expected() == Expected.SERVED) {
      assertThat(tag).isEqualTo(Seen.Manifest.fresh(scene.tagged()));
    }
    assertThat(scene.pulls.manifest(scene.image().digest()).isServed()).isTrue();
    assertThat(scene.pulls.layer(0).isServed()).isTrue();
  }

  private static void checkRecovered(Scene scene) {
    scene.advance(Bench.POLICIES.checkIntervals().usual().plusHours(1));
    // What is not cached waits for the probe of an upstream that was spared; a cached tag does not.
    assertThat(scene.pulls.layer(Scene.STRUCK)).isEqualTo(new Seen.Blob());
    assertThat(scene.pulls.tag("latest")).isEqualTo(Seen.Manifest.fresh(scene.image().digest()));
    assertThat(scene.pulls.manifest(scene.image().digest()).isServed()).isTrue();
    assertThat(scene.pulls.tags().stale()).isEmpty();
    scene.pulls.checkStore();
  }
}
