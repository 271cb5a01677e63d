package dev.sluice.fetcher.faults;

import static dev.sluice.fetcher.faults.Expected.BROKEN;
import static dev.sluice.fetcher.faults.Expected.REFUSED;
import static dev.sluice.fetcher.faults.Row.ANY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.upstream.Deadlines;
import java.time.Duration;
import java.util.stream.Stream;

/** Upstreams that no connection leads to, or none that can be believed. */
final class ConnectRows {

  /** After so many failures in a row the breaker is open. */
  private static final int FAILURES = 5;

  private static final Deadlines QUICK =
      new Deadlines(Duration.ofMillis(250), Duration.ofSeconds(20), Duration.ofSeconds(20));

  private ConnectRows() {}

  static Stream<Row> rows() {
    return Stream.of(
        Row.of("accept-never", ANY, new Unreachable(true), BROKEN)
            .inTheBody()
            .with(options -> options.deadlines(QUICK))
            .and(ConnectRows::answersAtOnceInTheEnd),
        Row.of("rst-on-connect", ANY, new Unreachable(false), BROKEN)
            .inTheBody()
            .and(ConnectRows::answersAtOnceInTheEnd),
        Row.of("tls-selfsigned", ANY, ConnectRows::presentAnUnknownKey, REFUSED)
            .beforeAnyAnswer()
            .and(scene -> assertThat(scene.registry().requests()).isEmpty()));
  }

  /** Names are looked up before every connection, so none is tried where none is looked up. */
  private static void answersAtOnceInTheEnd(Scene scene) {
    for (int i = 0; i < FAILURES; i++) {
      assertThat(scene.pulls.layer(Scene.STRUCK)).isInstanceOf(Seen.Refusal.class);
    }
    int before = scene.names().asked();
    for (int i = 0; i < 20; i++) {
      assertThat(scene.pulls.layer(Scene.STRUCK)).isInstanceOf(Seen.Refusal.class);
    }
    assertThat(scene.names().asked()).isEqualTo(before);
  }

  private static void presentAnUnknownKey(Scene scene) {
    scene.moveTo(scene.twin(Keys.UNKNOWN));
  }
}
