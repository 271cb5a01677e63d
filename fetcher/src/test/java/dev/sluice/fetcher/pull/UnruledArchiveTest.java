package dev.sluice.fetcher.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.Content;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no rule covers a repository any more, the archive serves its members on. */
class UnruledArchiveTest {

  @TempDir Path folder;
  @AutoClose private ArchivedLayer archived;

  @BeforeEach
  void takeTheRuleAway() {
    archived = new ArchivedLayer(folder);
    archived.bench.use();
  }

  @Test
  void aMemberIsServedAndKept() {
    assertThat(archived.bench.blob("up/app", archived.layer, true))
        .isEqualTo(new BlobAnswer.Upstream(OptionalLong.of(ArchivedLayer.SIZE)));
    assertThat(archived.archive.opened()).isEmpty();

    archived.assertServed();
    archived.assertServed();

    assertThat(archived.archive.opened()).containsExactly(0L);
    assertThat(archived.registry.requests()).isEmpty();
  }

  @Test
  void aStreamThatIsCutGoesOnAtTheByte() {
    var hold = archived.archive.holdNext(ArchivedLayer.HALF);
    archived.assertWhole(archived.readAcross(hold));
    archived.assertKept();
  }

  @Test
  void nobodyElseIsServed() {
    for (boolean headOnly : new boolean[] {true, false}) {
      assertThat(Answers.refused(archived.bench.blob("up/two", archived.layer, headOnly)).reason())
          .isEqualTo(Reason.NAME_UNKNOWN);
    }
    assertThat(archived.archive.finds()).isZero();
  }

  @Test
  void wrongBytesAreDropped() {
    archived.archive.put(archived.layer, Content.seeded(12, ArchivedLayer.SIZE).toBytes());

    assertThat(archived.bench.read("up/app", archived.layer))
        .isNotInstanceOf(Download.End.Whole.class);

    archived.bench.drain();
    assertThat(archived.bench.store.incomplete()).isEmpty();
    assertThat(Answers.refused(archived.bench.blob("up/app", archived.layer, false)).reason())
        .isEqualTo(Reason.NAME_UNKNOWN);
  }
}
