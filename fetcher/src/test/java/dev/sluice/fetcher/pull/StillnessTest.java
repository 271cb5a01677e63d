package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It is known for how long a fill has not gained a byte, and who waits for it. */
class StillnessTest {

  private static final Content BYTES = Content.seeded(3, 100_000);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private Digest layer;

  @BeforeEach
  void pullTheManifest() {
    bench = new Bench(folder);
    layer = bench.registry.image("app", "latest").layer(BYTES).push().layer(0);
    bench.found("up/app", "latest");
  }

  @Test
  void aFillIsStillSinceItsLastByte() {
    assertThat(bench.fetcher.stillness()).isZero();
    Gate gate = bench.registry.onGet(BLOBS).holdAt(40_000);
    Download reader = await(bench.download("up/app", layer));
    reader.next(40_000);
    // Seen with these bytes now, which is when its stillness begins.
    bench.fetcher.stillness();

    bench.clock.advance(Duration.ofMinutes(2));
    assertThat(bench.fetcher.stillness()).isEqualTo(Duration.ofMinutes(2));
    assertThat(bench.blobs.waiters()).isOne();

    gate.release();
    reader.end();
    bench.drain();
    assertThat(bench.fetcher.stillness()).isZero();
    assertThat(bench.blobs.waiters()).isZero();
  }

  @Test
  void aFillThatGainsBytesIsNotStill() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(40_000);
    Download reader = await(bench.download("up/app", layer));
    bench.clock.advance(Duration.ofMinutes(2));
    reader.next(40_000);

    assertThat(bench.fetcher.stillness()).isZero();
    gate.release();
  }

  @Test
  void bytesOfUpstreamsAreCountedWhetherTheyAreKeptOrNot() {
    long before = bench.fills.received();
    bench.read("up/app", layer);
    bench.drain();

    assertThat(bench.fills.received() - before).isEqualTo(BYTES.size());
  }
}
