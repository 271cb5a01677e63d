package dev.sluice.fetcher.faults;

import static dev.sluice.fetcher.fake.TravelFaults.cutAt;
import static dev.sluice.fetcher.fake.TravelFaults.resetAt;
import static dev.sluice.fetcher.fake.TravelFaults.shiftingRange;
import static dev.sluice.fetcher.fake.TravelFaults.smuggled;
import static dev.sluice.fetcher.fake.TravelFaults.stallAt;
import static dev.sluice.fetcher.fake.TravelFaults.trickle;
import static dev.sluice.fetcher.fake.TravelFaults.untilClose;
import static dev.sluice.fetcher.faults.Expected.BROKEN;
import static dev.sluice.fetcher.faults.Expected.EITHER;
import static dev.sluice.fetcher.faults.Expected.REFUSED;
import static dev.sluice.fetcher.faults.Expected.SERVED;
import static dev.sluice.fetcher.faults.Mischief.always;
import static dev.sluice.fetcher.faults.Mischief.script;
import static dev.sluice.fetcher.faults.Place.BLOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.fetcher.upstream.Backoff;
import dev.sluice.fetcher.upstream.Deadlines;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Blobs that come in badly. */
final class BodyRows {

  private static final int SIZE = Scene.SIZE;
  private static final int HALF = SIZE / 2;

  /** The first fetch, and three resumes. */
  private static final int MOST_FETCHES = 4;

  /** Kept by a trickle in all but the progress, which is 1 KB in 300 ms here. */
  private static final Deadlines WATCHFUL =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          new Deadlines.Progress(1000, Duration.ofMillis(300)),
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)));

  private BodyRows() {}

  static Stream<Row> rows() {
    return Stream.concat(travelling(), arrived());
  }

  private static Stream<Row> travelling() {
    return Stream.of(
        Row.of("short-body-rst", BLOB, always(resetAt(SIZE / 5)), BROKEN)
            .inTheBody()
            .and(BodyRows::wasResumed),
        Row.of("short-body-then-ok", BLOB, script(s -> s.once(cutAt(HALF))), SERVED)
            .inTheBody()
            .and(BodyRows::wasResumedOnce),
        Row.of("resume-wrong-offset", BLOB, resumingElsewhere(), BROKEN).inTheBody(),
        Row.of("smuggled-response", BLOB, script(s -> s.once(smuggled(Proof.LIE))), SERVED)
            .inTheBody()
            .and(BodyRows::nextConnectionIsClean),
        Row.of("no-length-close", BLOB, always(untilClose().and(cutAt(SIZE / 5))), BROKEN)
            .inTheBody()
            .and(scene -> assertThat(scene.gets()).isBetween(1, MOST_FETCHES)),
        Row.of("trickle", BLOB, always(trickle(1, Duration.ofMillis(100))), BROKEN)
            .with(options -> options.deadlines(WATCHFUL)),
        Row.of("stall-mid-body", BLOB, always(stallAt(SIZE / 5)), BROKEN)
            .inTheBody()
            .impatient()
            .and(scene -> assertThat(scene.pulls.layer(Scene.BYSTANDER).isServed()).isTrue()));
  }

  private static Stream<Row> arrived() {
    return Stream.of(
        Row.of("bitflip-one", BLOB, always(AnswerFaults.flipBitAt(SIZE / 3)), BROKEN)
            .inTheBody()
            .and(BodyRows::wasRetriedOnce)
            .and(BodyRows::wasCountedAsWrong),
        Row.of(
                "bitflip-first-only",
                BLOB,
                script(s -> s.once(AnswerFaults.flipBitAt(SIZE / 3))),
                EITHER)
            .inTheBody()
            .and(BodyRows::theSecondFetchCounts),
        Row.of("html-200", BLOB, always(AnswerFaults.html()), REFUSED),
        Row.of("wrong-blob", BLOB, BodyRows::sendTheNeighbour, BROKEN)
            .inTheBody()
            .and(BodyRows::wasCountedAsWrong),
        Row.of("empty-200", BLOB, always(AnswerFaults.empty()), REFUSED),
        Row.of("size-lie", BLOB, always(AnswerFaults.resizedTo(SIZE + 1)), REFUSED)
            .and(BodyRows::nothingWasRead),
        Row.of("content-encoding-gzip", BLOB, always(AnswerFaults.gzip()), REFUSED));
  }

  private static Mischief resumingElsewhere() {
    return script(s -> s.once(cutAt(HALF)).always(shiftingRange(7).and(cutAt(HALF))));
  }

  private static void sendTheNeighbour(Scene scene) {
    var other = AnswerFaults.bytesOf(scene.image().layer(Scene.BYSTANDER));
    scene.registry().onAny(scene.path()).always(other);
  }

  private static List<RecordedRequest> fetches(Scene scene) {
    return scene.registry().requests("GET", scene.path());
  }

  private static void wasResumed(Scene scene) {
    assertThat(scene.gets()).isBetween(2, MOST_FETCHES);
  }

  /** Where two clients read already, what came is kept; a cut before any reader may cost it. */
  private static void wasResumedOnce(Scene scene) {
    assertThat(fetches(scene)).hasSize(2);
    if (scene.state() == State.FILLING) {
      assertThat(fetches(scene).get(1).header("Range"))
          .get()
          .asString()
          .matches("bytes=[1-9]\\d+-");
    }
  }

  private static void nextConnectionIsClean(Scene scene) {
    int poisoned = fetches(scene).getFirst().connection();
    assertThat(scene.pulls.layer(0)).isEqualTo(new Seen.Blob());
    assertThat(scene.pulls.layer(Scene.BYSTANDER)).isEqualTo(new Seen.Blob());
    var later = scene.registry().requests();
    assertThat(later.getLast().connection()).isNotEqualTo(poisoned);
  }

  /** Once, and then not before the pause that the refusal names. */
  private static void wasRetriedOnce(Scene scene) {
    assertThat(scene.gets()).isEqualTo(2);
    assertThat(scene.pulls.layer(Scene.STRUCK)).isInstanceOf(Seen.Refusal.class);
    assertThat(scene.gets()).isEqualTo(2);
  }

  private static void theSecondFetchCounts(Scene scene) {
    assertThat(scene.pulls.layer(Scene.STRUCK)).isEqualTo(new Seen.Blob());
    assertThat(scene.gets()).isEqualTo(2);
  }

  private static void wasCountedAsWrong(Scene scene) {
    assertThat(scene.bench().fills.mismatches()).isPositive();
  }

  private static void nothingWasRead(Scene scene) {
    int others = scene.state() == State.COLD ? 0 : 1;
    assertThat(scene.bench().fills.begun()).isEqualTo(others);
  }
}
