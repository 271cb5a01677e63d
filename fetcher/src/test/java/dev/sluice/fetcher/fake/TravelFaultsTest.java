package dev.sluice.fetcher.fake;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.TravelFaults.chunked;
import static dev.sluice.fetcher.fake.TravelFaults.closeUnanswered;
import static dev.sluice.fetcher.fake.TravelFaults.cutAt;
import static dev.sluice.fetcher.fake.TravelFaults.declareLength;
import static dev.sluice.fetcher.fake.TravelFaults.earlyHints;
import static dev.sluice.fetcher.fake.TravelFaults.garbage;
import static dev.sluice.fetcher.fake.TravelFaults.ignoringRange;
import static dev.sluice.fetcher.fake.TravelFaults.neverAnswer;
import static dev.sluice.fetcher.fake.TravelFaults.resetAt;
import static dev.sluice.fetcher.fake.TravelFaults.resetUnanswered;
import static dev.sluice.fetcher.fake.TravelFaults.shiftingRange;
import static dev.sluice.fetcher.fake.TravelFaults.slow;
import static dev.sluice.fetcher.fake.TravelFaults.smuggled;
import static dev.sluice.fetcher.fake.TravelFaults.stallAt;
import static dev.sluice.fetcher.fake.TravelFaults.trickle;
import static dev.sluice.fetcher.fake.TravelFaults.untilClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.RawClient.Ending;
import dev.sluice.fetcher.fake.RawClient.Heard;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Proves each fault of the journey on the wire. */
class TravelFaultsTest {
  private static final int SIZE = 200_000;

  @AutoClose private final Stage stage = new Stage();
  private final FakeRegistry registry = stage.registry;
  private final Content layer = Content.seeded(5, SIZE);
  private final FakeImage image = registry.image("app").layer(layer).push();
  private final String blob = registry.url() + image.layerPath(0);

  @Test
  void aCutComesAfterExactlyItsBytes() throws IOException {
    Heard heard = hear(cutAt(100_001));
    assertThat(heard.text()).contains("Content-Length: " + SIZE);
    assertThat(heard.body()).hasSize(100_001);
    assertThat(heard.ending()).isEqualTo(Ending.FIN);
    assertThat(registry.requests().getFirst().bytesSent()).isEqualTo(100_001);
  }

  @Test
  void aResetIsAReset() throws IOException {
    Heard heard = hear(resetAt(5000));
    assertThat(heard.body().length()).isLessThanOrEqualTo(5000);
    assertThat(heard.ending()).isEqualTo(Ending.RST);
  }

  @Test
  void aConnectionMayEndWithoutAWord() throws IOException {
    assertThat(hear(closeUnanswered())).isEqualTo(new Heard("", Ending.FIN));
    assertThat(hear(resetUnanswered())).isEqualTo(new Heard("", Ending.RST));
  }

  @Test
  void silenceMayComeBeforeTheHeadersOrWithinTheBody() throws IOException {
    assertThat(hearUntilSilence(neverAnswer())).isEqualTo(new Heard("", Ending.SILENCE));
    Heard heard = hearUntilSilence(stallAt(1234));
    assertThat(heard.body()).hasSize(1234);
    assertThat(heard.ending()).isEqualTo(Ending.SILENCE);
    registry.awaitIdle();
  }

  @Test
  void withoutALengthACutLooksLikeTheEnd() throws IOException {
    Heard heard = hear(untilClose());
    assertThat(heard.text()).doesNotContain("Content-Length").doesNotContain("chunked");
    assertThat(heard.body()).hasSize(SIZE);
    assertThat(hear(untilClose().and(cutAt(SIZE / 2))).body()).hasSize(SIZE / 2);
  }

  @Test
  void chunksCarryTheSameBytes() throws IOException {
    registry.onGet(BLOBS).once(chunked());
    var answer = stage.browser.get(blob);
    assertThat(answer.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertThat(answer.body()).isEqualTo(layer.toBytes());
  }

  @Test
  void theLengthMayBeALie() throws IOException {
    Heard heard = hear(declareLength(SIZE + 1));
    assertThat(heard.text()).contains("Content-Length: " + (SIZE + 1) + "\r\n");
    assertThat(heard.body()).hasSize(SIZE);
    assertThat(heard.ending()).isEqualTo(Ending.FIN);
  }

  @Test
  void whatIsSentMayNotBeHttp() throws IOException {
    assertThat(hear(garbage("\u0000\u00ff hello")))
        .isEqualTo(new Heard("\u0000\u00ff hello", Ending.FIN));
  }

  @Test
  void hintsMayComeFirst() throws IOException {
    assertThat(hearUntilSilence(earlyHints(50)).text().split("103 Early Hints", -1)).hasSize(51);
    assertThat(registry.requests().getFirst().bytesSent()).isEqualTo(SIZE);
  }

  @Test
  void aSecondAnswerMayFollowTheFirst() throws IOException {
    Heard heard = hearUntilSilence(smuggled("surprise"));
    assertThat(heard.body().substring(SIZE)).startsWith("HTTP/1.1 200").endsWith("surprise");
    assertThat(heard.ending()).isEqualTo(Ending.SILENCE);
  }

  @Test
  void rangesMayBeIgnoredOrMoved() throws IOException {
    registry.onGet(BLOBS).once(ignoringRange()).once(shiftingRange(7));
    assertThat(stage.browser.get(blob, "Range", "bytes=10-").statusCode()).isEqualTo(200);
    var moved = stage.browser.get(blob, "Range", "bytes=10-");
    assertThat(moved.headers().firstValue("Content-Range"))
        .hasValue("bytes 17-" + (SIZE - 1) + '/' + SIZE);
    assertThat(moved.body()).isEqualTo(Arrays.copyOfRange(layer.toBytes(), 17, SIZE));
  }

  @Test
  void bytesMayComeSlowly() throws IOException {
    long start = System.nanoTime();
    registry.onGet(BLOBS).once(slow(1_000_000));
    assertThat(stage.browser.get(blob).body()).isEqualTo(layer.toBytes());
    // 200 kB are four pieces of 50 kB, and three pauses of 50 ms lie between them.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
    assertThat(hearUntilSilence(trickle(1, Duration.ofHours(1))).body()).hasSize(1);
  }

  private Heard hear(Fault fault) throws IOException {
    registry.onGet(BLOBS).once(fault);
    return RawClient.get(blob);
  }

  private Heard hearUntilSilence(Fault fault) throws IOException {
    registry.onGet(BLOBS).once(fault);
    return RawClient.getUntilSilence(blob);
  }
}
