package dev.sluice.storage.disk;

import static dev.sluice.storage.disk.SomeBlobs.bytes;
import static dev.sluice.storage.disk.SomeBlobs.place;
import static dev.sluice.storage.disk.SomeBlobs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore.FileBlobWriter;
import dev.sluice.storage.SettableClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs take no more than their share, by what is in the folder. */
class DiskSpaceTest {

  private static final int LARGE = 40 << 12;

  @TempDir Path root;
  private final SettableClock clock = new SettableClock();
  private DiskBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store = opened(102 << 12);
  }

  private DiskBlobStore opened(long limit) throws IOException {
    return DiskBlobStore.open(root, new SpaceLimit.Bytes(limit), clock);
  }

  private Digest written(int number) throws IOException {
    clock.pass(Duration.ofHours(1));
    return write(store, bytes(number, LARGE));
  }

  @Test
  void aReadBlobIsNotDroppedUntilItIsClosed() throws IOException {
    Digest first = written(1);
    try (BlobFile held = store.hold(first)) {
      Digest second = written(2);
      Digest third = written(3);
      assertThat(store.find(first)).isPresent();
      assertThat(store.find(second)).isEmpty();
      assertThat(store.find(third)).isPresent();
      assertThat(held.channel().size()).isEqualTo(LARGE);
    }
    written(4);
    assertThat(store.use().used()).isLessThanOrEqualTo(store.use().limit());
    assertThat(store.use().evicted()).isEqualTo(2);
  }

  @Test
  void aBlobIsHeldByThoseWhoFollowItsFillBeyondItsEnd() throws IOException {
    byte[] late = bytes(1, LARGE);
    FileBlobWriter writer = store.create(Digest.sha256(late), OptionalLong.of(LARGE));
    writer.write(new ByteBuffer[] {ByteBuffer.wrap(late)});
    writer.commit();

    written(2);
    written(3);
    assertThat(store.find(Digest.sha256(late))).isPresent();

    writer.file().close();
    written(4);
    written(5);
    assertThat(store.find(Digest.sha256(late))).isEmpty();
  }

  @Test
  void aFillUnderWayKeepsItsRoom() throws IOException {
    byte[] slow = bytes(1, LARGE);
    FileBlobWriter writer = store.create(Digest.sha256(slow), OptionalLong.of(LARGE));
    written(2);
    written(3);
    written(4);
    writer.write(new ByteBuffer[] {ByteBuffer.wrap(slow)});
    writer.commit();
    writer.file().close();

    assertThat(store.find(Digest.sha256(slow))).isPresent();
    assertThat(store.use().used()).isEqualTo(2L * LARGE);
  }

  @Test
  void roomComesBackFromWhatWasNotKept() throws IOException {
    FileBlobWriter aborted = store.create(Digest.sha256(bytes(1, 1)), OptionalLong.of(LARGE));
    aborted.abort();
    aborted.file().close();
    FileBlobWriter wrong = store.create(Digest.sha256(bytes(1, 1)), OptionalLong.of(LARGE));
    wrong.write(new ByteBuffer[] {ByteBuffer.wrap(bytes(2, LARGE))});
    wrong.commit();
    wrong.file().close();

    assertThat(store.use().reserved()).isZero();
    assertThat(store.use().used()).isZero();
  }

  @Test
  void aBlobThatIsLargerThanTheLimitIsRefusedWithItsReason() throws IOException {
    Digest small = written(1);
    assertThatThrownBy(() -> store.create(small, OptionalLong.of(103 << 12)))
        .hasMessageContaining("all blobs together may take");
    assertThat(store.find(small)).isPresent();
    assertThat(store.trouble()).isEmpty();
  }

  @Test
  void aRestartKeepsWhatThereIsAndTheOrderOfUse() throws IOException {
    Digest first = written(1);
    Digest second = written(2);
    clock.pass(Duration.ofHours(1));
    store.hold(first).close();

    store = opened(102 << 12);
    assertThat(store.use().used()).isEqualTo(2L * LARGE);
    written(3);

    assertThat(store.find(first)).isPresent();
    assertThat(store.find(second)).isEmpty();
  }

  @Test
  void aLowerLimitDropsWhatWasUsedLongestAgo() throws IOException {
    Digest first = written(1);
    Digest second = written(2);

    store = opened(50 << 12);

    assertThat(store.find(first)).isEmpty();
    assertThat(store.find(second)).isPresent();
    assertThat(store.use().evicted()).isEqualTo(1);
  }

  @Test
  void aBlobThatIsLargerThanALoweredLimitDoesNotTakeTheOthersAlong() throws IOException {
    Digest small = write(store, bytes(1, 100));
    Digest large = written(2);

    store = opened(20 << 12);

    assertThat(store.find(small)).isPresent();
    assertThat(store.find(large)).isEmpty();
  }

  @Test
  void lookingAfterABlobIsNoUse() throws IOException {
    Digest first = written(1);
    Path file = place(root, first);
    var before = Files.getLastModifiedTime(file);
    Object used = Files.getAttribute(file, "lastAccessTime");
    try (BlobFile inspected = store.inspect(first)) {
      Files.setAttribute(file, "lastAccessTime", before);
      inspected.channel().read(ByteBuffer.allocate(10), 0);
    }
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(used);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
  }

  @Test
  void whatPeoplePutIntoTheFolderCountsOnceItIsMet() throws IOException {
    Digest first = written(1);
    Digest second = written(2);
    byte[] strange = bytes(3, LARGE);
    Path file = place(root, Digest.sha256(strange));
    Files.createDirectories(file.getParent());
    Files.write(file, strange);

    try (BlobFile held = store.hold(Digest.sha256(strange))) {
      assertThat(held.isVerified()).isFalse();
    }

    assertThat(store.find(first)).isEmpty();
    assertThat(store.find(second)).isPresent();
    assertThat(store.use().used()).isEqualTo(2L * LARGE);
  }

  @Test
  void whatPeopleHaveRemovedDoesNotCountAnyMore() throws IOException {
    Digest first = written(1);
    Files.delete(place(root, first));

    assertThatThrownBy(() -> store.hold(first)).isInstanceOf(NoSuchFileException.class);
    assertThat(store.use().used()).isZero();
  }
}
