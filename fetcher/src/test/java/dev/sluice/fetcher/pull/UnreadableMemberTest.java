package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.FakeImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blob of which the metadata cannot be read. */
class UnreadableMemberTest {

  @TempDir Path folder;

  @Test
  void whatCannotBeJudgedIsNotAskedFor() {
    try (Bench bench = new Bench(folder)) {
      FakeImage image = bench.registry.image("app", "latest").layer(1000).push();
      bench.found("up/app", "latest");
      bench.catalog.damage(image.layer(0));
      assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Refusal.class);
      assertThat(bench.registry.count("GET", BLOBS)).isZero();
    }
  }
}
