package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Digest;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.disk.SpaceLimit;
import dev.sluice.storage.growing.Scrub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How blobs stand on the disk is in the metrics. */
class StorageMetersTest {

  @TempDir Path root;

  @Test
  void theDiskAndItsScrubAreShown() throws Exception {
    Clock clock = Clock.systemUTC();
    DiskBlobStore disk = DiskBlobStore.open(root, new SpaceLimit.Bytes(1_000_000), clock);
    Scrub scrub = new Scrub(disk, Duration.ofDays(7), clock, Thread::sleep);
    NodeMetrics metrics = new NodeMetrics(clock);
    metrics.storage().watch(disk, Optional.of(scrub));

    assertThat(metrics.scrape())
        .contains("sluice_storage_limit_bytes 990000.0")
        .contains("sluice_storage_used_bytes 0.0")
        .contains("sluice_storage_reserved_bytes 0.0")
        .contains("sluice_storage_evicted_total 0.0")
        .contains("sluice_storage_damaged_total 0.0")
        .contains("sluice_storage_refusing 0.0")
        .contains("sluice_storage_scrub_checked_bytes 0.0")
        .contains("sluice_storage_scrub_ratio 1.0")
        .contains("sluice_storage_scrub_completed_timestamp_seconds 0.0");
  }

  @Test
  void aDiskThatRefusesIsShown() throws Exception {
    DiskBlobStore disk =
        DiskBlobStore.open(root, new SpaceLimit.Bytes(1_000_000), Clock.systemUTC());
    NodeMetrics metrics = new NodeMetrics(Clock.systemUTC());
    metrics.storage().watch(disk, Optional.empty());
    Files.delete(root.resolve("incomplete"));
    assertThatThrownBy(() -> disk.create(Digest.sha256(new byte[1]), OptionalLong.of(1)))
        .isInstanceOf(IOException.class);

    assertThat(metrics.scrape())
        .contains("sluice_storage_refusing 1.0")
        .doesNotContain("sluice_storage_scrub");
  }
}
