package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.fetcher.fake.Script;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad line: every fifth answer breaks off somewhere. */
class RandomCutsTest {

  private static final int PULLS = 200;
  private static final int SIZE = 300_000;

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  @Test
  void noByteIsWrongAndFewComeTwice() {
    Script line = bench.registry.onGet(BLOBS);
    Random random = new Random(20);
    for (int i = 0; i < 2 * PULLS; i++) {
      if (random.nextInt(5) == 0) {
        line.once(TravelFaults.cutAt(random.nextInt(SIZE)));
      } else {
        line.normally(1);
      }
    }
    for (int i = 0; i < PULLS; i++) {
      Digest digest = bench.registry.blob("app", Algorithm.SHA256, Content.seeded(i, SIZE));
      End end = bench.read("up/app", digest);
      // Four cuts in a row are rare, and a client that was cut comes again.
      assertThat(end instanceof End.Cut ? bench.read("up/app", digest) : end)
          .isInstanceOfSatisfying(End.Whole.class, whole -> assertThat(whole.is(digest)).isTrue());
    }
    bench.drain();
    assertThat(bench.store.blobs()).hasSize(PULLS);
    assertThat(bench.fills.mismatches()).isZero();
    assertThat(bench.registry.count("GET", BLOBS)).isGreaterThan(PULLS + PULLS / 10);
    long sent =
        bench.registry.requests("GET", BLOBS).stream().mapToLong(RecordedRequest::bytesSent).sum();
    assertThat(sent).isLessThan(PULLS * (long) SIZE * 13 / 10);
  }
}
