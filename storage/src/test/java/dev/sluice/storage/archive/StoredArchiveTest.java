package dev.sluice.storage.archive;

import static dev.sluice.storage.peer.Waiting.failure;
import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import dev.sluice.storage.WrittenBlobs;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What everybody gets from an archive, and how little from one that is gone. */
class StoredArchiveTest {

  private static final byte[] BYTES = new byte[1_000_000];

  static {
    new Random(5).nextBytes(BYTES);
  }

  private static final Digest DIGEST = Digest.sha256(BYTES);
  private static final Digest OTHER = Digest.sha256(new byte[] {1});

  private final Vertx vertx = Vertx.vertx();
  private final WatchedArchive store = new WatchedArchive();
  private volatile Instant now = Instant.EPOCH;
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private final Presence presence = new Presence(store, clock);
  private final StoredArchive archive =
      new StoredArchive(
          vertx,
          new StoredArchive.Shared(store, presence, new Doubts(store, presence, clock, _ -> {})),
          digest -> Optional.of(URI.create("https://bucket/" + digest.hex())));

  @BeforeEach
  void fill() throws IOException {
    WrittenBlobs.write(store, BYTES);
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void whatIsThereIsAskedForOnceAndWhatIsNotIsAskedForAgainSoon() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(get(archive.find(DIGEST))).hasValue(BYTES.length);
      assertThat(get(archive.find(OTHER))).isEmpty();
    }
    assertThat(store.finds).hasValue(2);

    now = now.plusSeconds(6);
    get(archive.find(DIGEST));
    get(archive.find(OTHER));

    assertThat(store.finds).hasValue(3);
  }

  @Test
  void aStoreThatIsGoneIsAskedNowAndThenOnlyAndIsBackAtOnce() throws Exception {
    store.isGone = true;
    for (int i = 0; i < 20; i++) {
      assertThat(get(archive.find(DIGEST))).isEmpty();
    }
    assertThat(store.finds).hasValue(3);
    assertThat(failure(archive.open(DIGEST, 0))).hasMessageContaining("does not answer");

    now = now.plusSeconds(11);
    for (int i = 0; i < 20; i++) {
      get(archive.find(DIGEST));
    }
    assertThat(store.finds).hasValue(4);

    store.isGone = false;
    now = now.plusSeconds(11);
    assertThat(get(archive.find(DIGEST))).hasValue(BYTES.length);
    assertThat(get(archive.find(OTHER))).isEmpty();
  }

  @Test
  void aBlobFlowsFromAnyByteOn() throws Exception {
    for (int offset : new int[] {0, 1, 131_072, BYTES.length - 1, BYTES.length}) {
      PeerBlob blob = get(archive.open(DIGEST, offset));

      assertThat(blob.size()).hasValue(BYTES.length);
      assertThat(get(read(blob).future()).getBytes())
          .isEqualTo(Arrays.copyOfRange(BYTES, offset, BYTES.length));
    }
    until(() -> store.closedStreams.get() == 5);
  }

  private static Promise<Buffer> read(PeerBlob blob) {
    Promise<Buffer> all = Promise.promise();
    Buffer bytes = Buffer.buffer();
    blob.source()
        .context()
        .runOnContext(
            turn -> {
              blob.source().bytes().exceptionHandler(all::tryFail);
              blob.source().bytes().endHandler(end -> all.tryComplete(bytes));
              blob.source().bytes().handler(bytes::appendBuffer);
              blob.source().bytes().resume();
            });
    return all;
  }

  @Test
  void aStreamThatNobodyWantsIsClosed() throws Exception {
    get(archive.open(DIGEST, 0)).discard().run();

    until(() -> store.closedStreams.get() == 1);
  }

  @Test
  void aStreamGivesNoMoreThanItIsAskedFor() throws Exception {
    PeerBlob blob = get(archive.open(DIGEST, 0));
    Buffer bytes = Buffer.buffer();
    Promise<Integer> turns = Promise.promise();
    blob.source()
        .context()
        .runOnContext(
            turn -> {
              blob.source()
                  .bytes()
                  .handler(
                      more -> {
                        bytes.appendBuffer(more);
                        // Whatever came too early would come within these.
                        vertx.setTimer(50, later -> turns.tryComplete(bytes.length()));
                      });
              blob.source().bytes().fetch(1);
            });

    assertThat(get(turns.future())).isLessThan(BYTES.length / 2);
    blob.discard().run();
  }

  @Test
  void aStreamThatBreaksOffDoesNotEndWell() throws Exception {
    PeerBlob blob = get(archive.open(DIGEST, 0));
    store.isGone = true;

    assertThat(failure(read(blob).future())).hasMessageContaining("the archive is gone");
    until(() -> store.closedStreams.get() == 1);
  }

  @Test
  void whatIsNotThereIsNotOpened() throws Exception {
    assertThat(failure(archive.open(OTHER, 0))).hasMessageContaining("no such blob");
  }

  @Test
  void onlyWhatWasFoundIsLinkedTo() throws Exception {
    assertThat(archive.link(DIGEST)).isEmpty();
    get(archive.find(DIGEST));
    get(archive.find(OTHER));

    assertThat(archive.link(DIGEST)).contains(URI.create("https://bucket/" + DIGEST.hex()));
    assertThat(archive.link(OTHER)).isEmpty();
    now = now.plusSeconds(11);
    assertThat(archive.link(DIGEST)).isEmpty();
  }
}
