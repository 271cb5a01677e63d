package dev.sluice.storage.disk;

import static dev.sluice.storage.disk.BlockSpace.BLOCK;
import static dev.sluice.storage.disk.BlockSpace.LIMIT;
import static dev.sluice.storage.disk.BlockSpace.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Who gets room, and how much there is; sizes are in blocks of a disk. */
class SpaceKeeperTest {

  private final BlockSpace blocks = new BlockSpace();
  private final SpaceKeeper space = blocks.space;

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
      blocks.write(number, ThreadLocalRandom.current().nextInt(1, 30 * BLOCK));
    } catch (IOException noRoom) {
      // Then all the others hold theirs just now.
    }
  }

  @Test
  void aBlobThatIsLargerThanAllMayBeDropsNothing() throws IOException {
    blocks.write(1, 40 * BLOCK);

    assertThatThrownBy(() -> space.reserve(LIMIT + 1))
        .isInstanceOf(NoRoom.class)
        .hasMessage(
            "it takes %d bytes of the disk, and all blobs together may take %d",
            LIMIT + BLOCK, LIMIT);
    assertThat(blocks.dropped).isEmpty();
    assertThat(space.trouble()).isEmpty();
  }

  @Test
  void aBlobThatIsTooLargeByItsLastBlockOnlyIsRefusedInNumbersThatSaySo() {
    SpaceKeeper odd = blocks.limited(LIMIT + 10);

    assertThatThrownBy(() -> odd.reserve(LIMIT + 5))
        .hasMessage(
            "it takes %d bytes of the disk, and all blobs together may take %d",
            LIMIT + BLOCK, LIMIT + 10);
  }

  @Test
  void aBlobOfUnknownSizeIsGivenRoomWhileItGrows() throws IOException {
    blocks.write(1, 60 * BLOCK);
    Reservation growing = space.reserve(0);
    growing.take(30 * BLOCK);
    assertThat(space.use().reserved()).isEqualTo(30 * BLOCK);
    assertThat(blocks.dropped).isEmpty();

    growing.take(30 * BLOCK);
    assertThat(blocks.dropped).containsExactly(digest(1));

    assertThatThrownBy(() -> growing.take(41 * BLOCK)).isInstanceOf(NoRoom.class);
    growing.end();
    assertThat(space.use().reserved()).isZero();
  }

  @Test
  void whereOthersFillTheDiskBlobsMakeRoomForBlobs() throws IOException {
    blocks.write(1, 40 * BLOCK);
    blocks.free.set(10 * BLOCK);

    space.reserve(20 * BLOCK).end();
    assertThat(blocks.dropped).containsExactly(digest(1));

    assertThatThrownBy(() -> space.reserve(20 * BLOCK)).isInstanceOf(NoRoom.class);
    assertThat(space.trouble()).hasValueSatisfying(why -> assertThat(why).contains("others fill"));
    blocks.free.set(LIMIT);
    space.lookAgain();
    assertThat(space.trouble()).isEmpty();
  }

  @Test
  void whatFillsUnderWayHaveNotWrittenYetIsNotFree() throws IOException {
    blocks.free.set(50 * BLOCK);
    Reservation first = space.reserve(30 * BLOCK);
    assertThatThrownBy(() -> space.reserve(30 * BLOCK)).isInstanceOf(NoRoom.class);

    first.take(30 * BLOCK);
    space.reserve(30 * BLOCK).end();
    first.end();
  }

  @Test
  void aSmallBlobTakesAWholeBlock() throws IOException {
    for (int i = 0; i < 101; i++) {
      blocks.write(i, 1);
    }
    assertThat(space.use().used()).isEqualTo(LIMIT);
    assertThat(blocks.dropped).hasSize(1);
  }
}
