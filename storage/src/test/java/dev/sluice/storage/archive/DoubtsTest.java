package dev.sluice.storage.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import dev.sluice.storage.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an archive may have wrong is compared, and dropped where it is. */
class DoubtsTest {

  private static final byte[] BYTES = {1, 2, 3};
  private static final Digest DIGEST = Digest.sha256(BYTES);

  private final SettableClock clock = new SettableClock();
  private final WatchedArchive store = new WatchedArchive();
  private final Presence presence = new Presence(store, clock);
  private final List<Digest> dropped = new ArrayList<>();
  private final Doubts doubts = new Doubts(store, presence, clock, dropped::add);

  @Test
  void whatIsRightStays() throws IOException {
    store.replace(DIGEST, BYTES);

    doubts.settle(DIGEST);

    assertThat(store.closedStreams).hasValue(1);
    assertThat(dropped).isEmpty();
    assertThat(presence.find(DIGEST)).hasValue(3);
  }

  @Test
  void whatIsWrongIsDroppedAndKnownToBeMissing() throws IOException {
    store.replace(DIGEST, new byte[] {1, 2, 4});
    presence.find(DIGEST);

    doubts.settle(DIGEST);

    assertThat(dropped).containsExactly(DIGEST);
    assertThat(store.find(DIGEST)).isEmpty();
    assertThat(presence.remembers(DIGEST)).isFalse();
  }

  @Test
  void whatIsGoneIsKnownToBeMissing() throws IOException {
    presence.came(DIGEST, 3);

    doubts.settle(DIGEST);

    assertThat(dropped).containsExactly(DIGEST);
    assertThat(presence.remembers(DIGEST)).isFalse();
  }

  @Test
  void itIsReadOnceInAWhileHoweverOftenItIsDoubted() {
    store.replace(DIGEST, BYTES);
    doubts.settle(DIGEST);
    doubts.settle(DIGEST);
    assertThat(store.closedStreams).hasValue(1);

    clock.pass(Duration.ofMinutes(11));
    doubts.settle(DIGEST);
    assertThat(store.closedStreams).hasValue(2);
  }

  @Test
  void whatCannotBeReadIsNotDropped() throws IOException {
    store.replace(DIGEST, new byte[] {9});
    store.isGone = true;
    doubts.settle(DIGEST);
    store.isGone = false;

    assertThat(dropped).isEmpty();
    assertThat(store.find(DIGEST)).hasValue(1);
  }
}
