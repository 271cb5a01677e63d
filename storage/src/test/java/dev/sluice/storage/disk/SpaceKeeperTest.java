package dev.sluice.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who gets room, and who makes it; sizes are in blocks of a disk. */
class SpaceKeeperTest {

  private static final int BLOCK = 4096;
  private static final long LIMIT = 100L * BLOCK;

  private final Set<Digest> dropped = ConcurrentHashMap.newKeySet();
  private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
  private volatile boolean isStuck;
  private final SpaceKeeper space = new SpaceKeeper(LIMIT, free::get, this::drop);

  private void drop(Digest digest) throws IOException {
    if (isStuck) {
      throw new IOException("read-only");
    }
    dropped.add(digest);
  }

  @Test
  void manyWritersNeverGoOverTheLimitTogether() throws Exception {
    List<Long> seen = new ArrayList<>();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 400; i++) {
        int number = i;
        writers.execute(() -> writeOrGiveUp(number));
      }
      for (int i = 0; i < 1000; i++) {
        SpaceUse use = space.use();
        seen.add(use.used());
      }
    }
    SpaceUse use = space.use();
    assertThat(seen).allMatch(used -> used <= LIMIT);
    assertThat(use.used()).isPositive().isLessThanOrEqualTo(LIMIT);
    assertThat(use.reserved()).isZero();
  }

  private void writeOrGiveUp(int number) {
    try {
      write(number, ThreadLocalRandom.current().nextInt(1, 30 * BLOCK));
    } catch (IOException noRoom) {
      // Then all the others hold theirs just now.
    }
  }

  @Test
  void whatWasUsedLongestAgoMakesRoom() throws IOException {
    write(1, 40 * BLOCK);
    write(2, 40 * BLOCK);
    space.holdings().use(digest(1));
    write(3, 40 * BLOCK);

    assertThat(dropped).containsExactly(digest(2));
  }

  @Test
  void manyBlobsThatAreUsedOnceDoNotFlushWhatIsUsedOften() throws IOException {
    for (int often = 0; often < 50; often++) {
      write(often, BLOCK);
    }
    for (int use = 0; use < 20; use++) {
      for (int often = 0; often < 50; often++) {
        space.holdings().use(digest(often));
      }
    }
    // Between two uses of one of them more others come than there is room for.
    for (int once = 0; once < 2000; once++) {
      write(1000 + once, BLOCK);
      if (once % 3 == 0) {
        space.holdings().use(digest(once / 3 % 50));
      }
    }

    assertThat(dropped).hasSize(2000 - 50);
    // The last that came before them has not shown yet that it is not one of them.
    assertThat(digests(0, 50)).filteredOn(dropped::contains).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void whatIsOpenIsNotDroppedHoweverColdItIs() throws IOException {
    Holding open = write(1, 40 * BLOCK);
    open.open();
    write(2, 40 * BLOCK);
    write(3, 40 * BLOCK);
    assertThat(dropped).containsExactly(digest(2));

    assertThatThrownBy(() -> write(4, 61 * BLOCK))
        .isInstanceOf(NoRoom.class)
        .hasMessageContaining("in use");
    assertThat(dropped).containsExactly(digest(2));

    open.close();
    write(5, 61 * BLOCK);
    assertThat(dropped).contains(digest(1));
  }

  @Test
  void whatIsBeingDroppedIsNotOpenedAnyMore() {
    Holding holding = new Holding(BLOCK, Instant.EPOCH);
    assertThat(holding.giveUp()).isTrue();
    assertThat(holding.open()).isFalse();
    assertThat(holding.isOpen()).isFalse();
  }

  @Test
  void aBlobThatIsLargerThanAllMayBeDropsNothing() throws IOException {
    write(1, 40 * BLOCK);

    assertThatThrownBy(() -> space.reserve(LIMIT + 1))
        .isInstanceOf(NoRoom.class)
        .hasMessage(
            "it takes %d bytes of the disk, and all blobs together may take %d",
            LIMIT + BLOCK, LIMIT);
    assertThat(dropped).isEmpty();
    assertThat(space.trouble()).isEmpty();
  }

  @Test
  void aBlobThatIsTooLargeByItsLastBlockOnlyIsRefusedInNumbersThatSaySo() {
    SpaceKeeper odd = new SpaceKeeper(LIMIT + 10, free::get, this::drop);

    assertThatThrownBy(() -> odd.reserve(LIMIT + 5))
        .hasMessage(
            "it takes %d bytes of the disk, and all blobs together may take %d",
            LIMIT + BLOCK, LIMIT + 10);
  }

  @Test
  void aBlobOfUnknownSizeIsGivenRoomWhileItGrows() throws IOException {
    write(1, 60 * BLOCK);
    Reservation growing = space.reserve(0);
    growing.take(30 * BLOCK);
    assertThat(space.use().reserved()).isEqualTo(30 * BLOCK);
    assertThat(dropped).isEmpty();

    growing.take(30 * BLOCK);
    assertThat(dropped).containsExactly(digest(1));

    assertThatThrownBy(() -> growing.take(41 * BLOCK)).isInstanceOf(NoRoom.class);
    growing.end();
    assertThat(space.use().reserved()).isZero();
  }

  @Test
  void aSmallBlobTakesAWholeBlock() throws IOException {
    for (int i = 0; i < 101; i++) {
      write(i, 1);
    }
    assertThat(space.use().used()).isEqualTo(LIMIT);
    assertThat(dropped).hasSize(1);
  }

  @Test
  void whereOthersFillTheDiskBlobsMakeRoomForBlobs() throws IOException {
    write(1, 40 * BLOCK);
    free.set(10 * BLOCK);

    space.reserve(20 * BLOCK).end();
    assertThat(dropped).containsExactly(digest(1));

    assertThatThrownBy(() -> space.reserve(20 * BLOCK)).isInstanceOf(NoRoom.class);
    assertThat(space.trouble()).hasValueSatisfying(why -> assertThat(why).contains("others fill"));
    free.set(LIMIT);
    space.lookAgain();
    assertThat(space.trouble()).isEmpty();
  }

  @Test
  void whatFillsUnderWayHaveNotWrittenYetIsNotFree() throws IOException {
    free.set(50 * BLOCK);
    Reservation first = space.reserve(30 * BLOCK);
    assertThatThrownBy(() -> space.reserve(30 * BLOCK)).isInstanceOf(NoRoom.class);

    first.take(30 * BLOCK);
    space.reserve(30 * BLOCK).end();
    first.end();
  }

  @Test
  void aLittleIsDroppedWhereTheDiskIsFullByAnotherCount() throws IOException {
    for (int i = 0; i < 40; i++) {
      write(i, 100);
    }
    space.spare();
    assertThat(dropped).hasSize(16);
  }

  @Test
  void aBlobThatCannotBeRemovedCountsOn() throws IOException {
    write(1, 90 * BLOCK);
    isStuck = true;

    assertThatThrownBy(() -> space.reserve(20 * BLOCK)).hasMessage("read-only");
    assertThat(space.use().used()).isEqualTo(90 * BLOCK);
    assertThat(space.holdings().peek(digest(1)).open()).isTrue();
  }

  private Holding write(int number, int bytes) throws IOException {
    Holding holding = new Holding(bytes, Instant.EPOCH);
    Reservation room = space.reserve(bytes);
    try {
      room.take(bytes);
      room.keep(digest(number), holding);
    } finally {
      room.end();
    }
    return holding;
  }

  private static Digest digest(int number) {
    return Digest.sha256(ByteBuffer.allocate(4).putInt(number).array());
  }

  private static List<Digest> digests(int from, int to) {
    List<Digest> digests = new ArrayList<>();
    for (int number = from; number < to; number++) {
      digests.add(digest(number));
    }
    return digests;
  }
}
