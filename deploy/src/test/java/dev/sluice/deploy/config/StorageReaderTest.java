package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.disk.SpaceLimit;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of the disk bytes may take, and how often they are read. */
class StorageReaderTest {

  @TempDir Path folder;

  @Test
  void bytesTakeMostOfTheDiskAndAreReadEveryWeekWhereNothingIsSaid() {
    Config.Storage storage = ConfigFixture.in(folder).defaults().storage();

    assertThat(storage.maxSize()).isEqualTo(new SpaceLimit.Percent(80));
    assertThat(storage.scrub()).contains(Duration.ofDays(7));
  }

  @ParameterizedTest
  @CsvSource({
    "500GB, 500000000000",
    "500GiB, 536870912000",
    "1000kB, 1000000",
    "1024KiB, 1048576",
    "1MB, 1000000",
    "3MB, 3000000",
    "3MiB, 3145728",
    "2TB, 2000000000000",
    "2TiB, 2199023255552"
  })
  void aSizeIsANumberAndAUnit(String written, long bytes) {
    assertThat(read("maxSize: " + written).maxSize()).isEqualTo(new SpaceLimit.Bytes(bytes));
  }

  @Test
  void aShareIsAPercentage() {
    assertThat(read("maxSize: 100%").maxSize()).isEqualTo(new SpaceLimit.Percent(100));
  }

  @Test
  void readingCanBeLeftOut() {
    assertThat(read("scrub: off").scrub()).isEmpty();
    assertThat(read("scrub: 12h").scrub()).contains(Duration.ofHours(12));
  }

  @Test
  void graceAndScrubAreAsShortAsANodeBearsThem() {
    assertThat(read("grace: 10s").grace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(read("scrub: 1m").scrub()).contains(Duration.ofMinutes(1));
  }

  private Config.Storage read(String key) {
    return ConfigFixture.in(folder).valid("storage: {" + key + "}").storage();
  }
}
