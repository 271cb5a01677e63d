package dev.sluice.storage.disk;

import static dev.sluice.storage.disk.SomeBlobs.bytes;
import static dev.sluice.storage.disk.SomeBlobs.place;
import static dev.sluice.storage.disk.SomeBlobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is set aside, and a few of those are kept. */
class QuarantineTest {

  private static final int LIMIT = 100 << 20;

  @TempDir Path root;
  private DiskBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store = opened();
  }

  private DiskBlobStore opened() throws IOException {
    return DiskBlobStore.open(root, new SpaceLimit.Bytes(LIMIT), new SettableClock());
  }

  @Test
  void whatIsWrongIsNeverFoundAgainAndDoesNotCount() throws IOException {
    Digest digest = aside(1, 1000);

    assertThat(store.find(digest)).isEmpty();
    assertThat(store.use().used()).isZero();
    assertThat(store.wrong()).isEqualTo(1);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void theLatestAreKeptUpToOneInAHundredOfTheLimit() throws IOException {
    for (int number = 0; number < 5; number++) {
      aside(number, 400_000);
    }
    assertThat(kept()).hasSize(2).anyMatch(file -> file.toString().endsWith(".5"));
    store = opened();
    aside(6, 400_000);
    assertThat(kept()).hasSize(2).anyMatch(file -> file.toString().endsWith(".6"));
  }

  @Test
  void whatIsTooLargeToBeKeptIsRemoved() throws IOException {
    Digest digest = aside(1, LIMIT / 50);

    assertThat(kept()).isEmpty();
    assertThat(store.find(digest)).isEmpty();
  }

  @Test
  void whatHasTakenThePlaceOfAWrongFileStays() throws IOException {
    Digest digest = write(store, bytes(1, 1000));
    try (BlobFile wrong = store.hold(digest)) {
      Files.delete(place(root, digest));
      write(store, bytes(1, 1000));
      wrong.wrong("a test says so");
    }
    assertThat(store.find(digest)).isPresent();
    assertThat(kept()).isEmpty();
  }

  @Test
  void whereItCannotBeMovedItIsNotServedAllTheSame() throws IOException {
    Digest digest = write(store, bytes(1, 1000));
    Files.delete(root.resolve("quarantine"));
    try (BlobFile wrong = store.hold(digest)) {
      wrong.wrong("a test says so");
    }
    assertThat(store.find(digest)).isEmpty();
    assertThat(place(root, digest)).exists();
  }

  private Digest aside(int number, int length) throws IOException {
    Digest digest = write(store, bytes(number, length));
    try (BlobFile wrong = store.hold(digest)) {
      wrong.wrong("a test says so");
    }
    return digest;
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("quarantine"))) {
      return files.toList();
    }
  }
}
