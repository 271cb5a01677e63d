package dev.sluice.storage.disk;

import static dev.sluice.storage.disk.SomeBlobs.bytes;
import static dev.sluice.storage.disk.SomeBlobs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Digest;
import dev.sluice.storage.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that refuses is left alone, tried, and used again; here its folder for fills is gone. */
class WriteHealthTest {

  @TempDir Path root;
  private final SettableClock clock = new SettableClock();
  private DiskBlobStore store;
  private Path folder;

  @BeforeEach
  void open() throws IOException {
    store = DiskBlobStore.open(root, new SpaceLimit.Bytes(1 << 20), clock);
    folder = root.resolve("incomplete");
    Files.delete(folder);
    assertThatThrownBy(() -> write(store, bytes(1, 10))).isInstanceOf(IOException.class);
  }

  @Test
  void whatWasRefusedIsSaidWithoutAFile() {
    assertThat(store.trouble())
        .hasValueSatisfying(why -> assertThat(why).doesNotContain(root.toString()).isNotBlank());
    assertThat(store.use().reserved()).isZero();
  }

  @Test
  void theDiskIsLeftAloneForAMoment() throws IOException {
    Files.createDirectories(folder);
    clock.pass(Duration.ofSeconds(4));

    store.tryAgain();

    assertThatThrownBy(() -> write(store, bytes(1, 10))).isInstanceOf(IOException.class);
    assertThat(store.trouble()).isPresent();
  }

  @Test
  void afterThatABlobIsTriedWhereAProbeWorks() throws IOException {
    Files.createDirectories(folder);
    clock.pass(Duration.ofSeconds(5));

    Digest digest = write(store, bytes(1, 10));

    assertThat(store.find(digest)).isPresent();
    assertThat(store.trouble()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aProbeThatFailsBeginsTheWaitAnew() throws IOException {
    clock.pass(Duration.ofSeconds(5));
    store.tryAgain();
    assertThat(store.trouble()).isPresent();
    Files.createDirectories(folder);
    clock.pass(Duration.ofSeconds(4));
    store.tryAgain();
    assertThat(store.trouble()).isPresent();

    clock.pass(Duration.ofSeconds(1));
    store.tryAgain();
    assertThat(store.trouble()).isEmpty();
  }
}
