package dev.sluice.storage.disk;

import static dev.sluice.storage.disk.BlockSpace.BLOCK;
import static dev.sluice.storage.disk.BlockSpace.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which blobs make room for others; sizes are in blocks of a disk. */
class EvictionOrderTest {

  private final BlockSpace blocks = new BlockSpace();
  private final SpaceKeeper space = blocks.space;

  @Test
  void whatWasUsedLongestAgoMakesRoom() throws IOException {
    blocks.write(1, 40 * BLOCK);
    blocks.write(2, 40 * BLOCK);
    space.holdings().use(digest(1));
    blocks.write(3, 40 * BLOCK);

    assertThat(blocks.dropped).containsExactly(digest(2));
  }

  @Test
  void manyBlobsThatAreUsedOnceDoNotFlushWhatIsUsedOften() throws IOException {
    for (int often = 0; often < 50; often++) {
      blocks.write(often, BLOCK);
    }
    for (int use = 0; use < 20; use++) {
      for (int often = 0; often < 50; often++) {
        space.holdings().use(digest(often));
      }
    }
    // Between two uses of one of them more others come than there is room for.
    for (int once = 0; once < 2000; once++) {
      blocks.write(1000 + once, BLOCK);
      if (once % 3 == 0) {
        space.holdings().use(digest(once / 3 % 50));
      }
    }

    assertThat(blocks.dropped).hasSize(2000 - 50);
    // The last that came before them has not shown yet that it is not one of them.
    assertThat(digests(0, 50)).filteredOn(blocks.dropped::contains).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void whatIsOpenIsNotDroppedHoweverColdItIs() throws IOException {
    Holding open = blocks.write(1, 40 * BLOCK);
    open.open();
    blocks.write(2, 40 * BLOCK);
    blocks.write(3, 40 * BLOCK);
    assertThat(blocks.dropped).containsExactly(digest(2));

    assertThatThrownBy(() -> blocks.write(4, 61 * BLOCK))
        .isInstanceOf(NoRoom.class)
        .hasMessageContaining("in use");
    assertThat(blocks.dropped).containsExactly(digest(2));

    open.close();
    blocks.write(5, 61 * BLOCK);
    assertThat(blocks.dropped).contains(digest(1));
  }

  @Test
  void whatIsBeingDroppedIsNotOpenedAnyMore() {
    Holding holding = new Holding(BLOCK, Instant.EPOCH);
    assertThat(holding.giveUp()).isTrue();
    assertThat(holding.open()).isFalse();
    assertThat(holding.isOpen()).isFalse();
  }

  @Test
  void aLittleIsDroppedWhereTheDiskIsFullByAnotherCount() throws IOException {
    for (int i = 0; i < 40; i++) {
      blocks.write(i, 100);
    }
    space.spare();
    assertThat(blocks.dropped).hasSize(16);
  }

  @Test
  void aBlobThatCannotBeRemovedCountsOn() throws IOException {
    blocks.write(1, 90 * BLOCK);
    blocks.isStuck = true;

    assertThatThrownBy(() -> space.reserve(20 * BLOCK)).hasMessage("read-only");
    assertThat(space.use().used()).isEqualTo(90 * BLOCK);
    assertThat(space.holdings().peek(digest(1)).open()).isTrue();
  }

  private static List<Digest> digests(int from, int to) {
    return IntStream.range(from, to).mapToObj(BlockSpace::digest).toList();
  }
}
