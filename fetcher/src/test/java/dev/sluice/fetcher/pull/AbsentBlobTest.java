package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blob that upstream does not have is asked of it once in a while. */
class AbsentBlobTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").layer(100).push();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBlobThatIsNotThereCostsOneRequestInThirtySeconds(boolean headOnly) {
    Digest layer = image.layer(0);
    bench.registry.delete("app", layer);
    for (int i = 0; i < 20; i++) {
      assertThat(Answers.refused(bench.blob("up/app", layer, headOnly)).reason())
          .isEqualTo(Reason.BLOB_UNKNOWN);
    }
    assertThat(bench.registry.requests()).hasSize(1);

    bench.clock.advance(Absences.KEPT);
    Answers.refused(bench.blob("up/app", layer, headOnly));
    assertThat(bench.registry.requests()).hasSize(2);
  }

  @Test
  void aBlobThatAppearsIsServedAfterThirtySecondsAndOtherTroubleIsNotRemembered() {
    Digest layer = image.layer(0);
    bench.registry.onAny(BLOBS).always(AnswerFaults.status(403));
    assertThat(Answers.refused(bench.blob("up/app", layer, false)).reason())
        .isEqualTo(Reason.DENIED);
    bench.registry.onAny(BLOBS).always(AnswerFaults.status(404));
    assertThat(Answers.refused(bench.blob("up/app", layer, false)).reason())
        .isEqualTo(Reason.BLOB_UNKNOWN);
    bench.registry.behave();
    assertThat(Answers.refused(bench.blob("up/app", layer, false)).reason())
        .isEqualTo(Reason.BLOB_UNKNOWN);

    bench.clock.advance(Absences.KEPT);
    assertThat(bench.read("up/app", layer)).isInstanceOf(Download.End.Whole.class);
  }
}
