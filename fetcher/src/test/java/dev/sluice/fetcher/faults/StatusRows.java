package dev.sluice.fetcher.faults;

import static dev.sluice.fetcher.fake.AnswerFaults.status;
import static dev.sluice.fetcher.fake.AnswerFaults.tooManyRequests;
import static dev.sluice.fetcher.faults.Expected.EITHER;
import static dev.sluice.fetcher.faults.Expected.REFUSED;
import static dev.sluice.fetcher.faults.Expected.SERVED;
import static dev.sluice.fetcher.faults.Mischief.always;
import static dev.sluice.fetcher.faults.Mischief.inTurn;
import static dev.sluice.fetcher.faults.Mischief.script;
import static dev.sluice.fetcher.faults.Place.BLOB;
import static dev.sluice.fetcher.faults.Place.MANIFEST;
import static dev.sluice.fetcher.faults.Row.ANY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.TravelFaults;
import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.Stream;

/** Answers that are no content, and what is asked after them. */
final class StatusRows {

  /** The pauses after the first, second, ... refusal that names none, in seconds, at most. */
  private static final int[] BACK_OFF = {1, 2, 4, 8, 16, 32, 60, 60};

  private static final Duration NEGATIVE = Duration.ofSeconds(30);

  private StatusRows() {}

  static Stream<Row> rows() {
    return Stream.concat(limits(), statuses());
  }

  private static Stream<Row> limits() {
    return Stream.of(
        Row.of("s429-no-retry-after", BLOB, always(status(429)), REFUSED)
            .because(Reason.TOO_MANY_REQUESTS)
            .and(StatusRows::backsOff),
        Row.of(
                "s429-retry-after-huge",
                ANY,
                inTurn(
                    tooManyRequests("99999999999"),
                    tooManyRequests("Thu, 01 Jan 2099 00:00:00 GMT"),
                    tooManyRequests("-5"),
                    tooManyRequests("soon " + Proof.LIE)),
                REFUSED)
            .because(Reason.TOO_MANY_REQUESTS)
            .times(4)
            .and(StatusRows::asksNoMore),
        Row.of("s503-flap", ANY, script(s -> s.everySecond(status(503))), EITHER)
            .and(scene -> assertThat(scene.gets()).isLessThanOrEqualTo(2 * scene.pulls.asked())));
  }

  private static Stream<Row> statuses() {
    return Stream.of(
        Row.of("s500", MANIFEST, always(status(500)), REFUSED)
            .and(scene -> assertThat(scene.gets()).isLessThanOrEqualTo(2 * scene.pulls.asked())),
        Row.of("s404-tag-cached", MANIFEST, always(status(404)), REFUSED)
            .because(Reason.MANIFEST_UNKNOWN),
        Row.of("s404-then-exists", MANIFEST, scene -> {}, SERVED).and(StatusRows::appearsLater),
        Row.of("s401-loop", EnumSet.of(MANIFEST, BLOB, Place.TAGS), new LoginLoop(), REFUSED)
            .beforeAnyAnswer()
            .and(StatusRows::asksForFewTokens),
        Row.of("s403-revoked", MANIFEST, always(status(403)), REFUSED).because(Reason.DENIED),
        Row.of("s410", MANIFEST, always(status(410)), REFUSED).because(Reason.MANIFEST_UNKNOWN),
        Row.of("s304-unasked", MANIFEST, always(status(304)), REFUSED),
        Row.of("s1xx-flood", ANY, always(TravelFaults.earlyHints(50)), SERVED));
  }

  /** However often a client asks, upstream is asked when a pause is over, and each is longer. */
  private static void backsOff(Scene scene) {
    int before = scene.gets();
    for (int i = 1; i < BACK_OFF.length; i++) {
      Duration pause = refusal(scene).retryAfter();
      assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(BACK_OFF[i - 1]));
      assertThat(scene.gets()).isEqualTo(before + i - 1);
      scene.advance(pause);
      refusal(scene);
      assertThat(scene.gets()).isEqualTo(before + i);
    }
  }

  private static Seen.Refusal refusal(Scene scene) {
    return (Seen.Refusal) scene.pulls.layer(Scene.STRUCK);
  }

  private static void asksNoMore(Scene scene) {
    int before = scene.registry().requests().size();
    if (scene.state() != State.WARM) {
      scene.pulls.struck().forEach(seen -> assertThat(seen.isServed()).isFalse());
    }
    assertThat(scene.registry().requests()).hasSize(before);
  }

  /** A tag that is not there yet: upstream is asked once, and again when that may have changed. */
  private static void appearsLater(Scene scene) {
    String path = "/manifests/soon$";
    for (int i = 0; i < 3; i++) {
      assertThat(((Seen.Refusal) scene.pulls.tag("soon")).reason())
          .isEqualTo(Reason.MANIFEST_UNKNOWN);
    }
    assertThat(scene.registry().count("GET", path)).isEqualTo(1);
    scene.registry().tag("app", "soon", scene.image().digest());
    scene.advance(NEGATIVE);
    assertThat(scene.pulls.tag("soon")).isEqualTo(Seen.Manifest.fresh(scene.image().digest()));
    assertThat(scene.registry().count("GET", path)).isEqualTo(2);
  }

  /** No token is ever good enough. */
  private record LoginLoop() implements Mischief {
    @Override
    public void strike(Scene scene) {
      scene.registry().requireTokens().refuseForEver();
    }

    @Override
    public void cease(Scene scene) {
      scene.registry().requireTokens();
    }
  }

  private static void asksForFewTokens(Scene scene) {
    assertThat(scene.registry().count("GET", FakeRegistry.TOKEN))
        .isPositive()
        .isLessThanOrEqualTo(2 * scene.pulls.asked());
  }
}
