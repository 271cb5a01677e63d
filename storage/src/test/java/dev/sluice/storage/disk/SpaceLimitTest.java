package dev.sluice.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a disk blobs may take. */
class SpaceLimitTest {

  @TempDir Path root;

  @Test
  void aShareIsOfTheWholeDisk() throws IOException {
    long disk = Files.getFileStore(root).getTotalSpace();

    assertThat(new SpaceLimit.Percent(80).in(root)).isBetween(disk / 100 * 79, disk / 100 * 81);
    assertThat(new SpaceLimit.Percent(100).in(root)).isLessThanOrEqualTo(disk);
  }
}
