package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.ServedBlob.BYTES;
import static dev.sluice.storage.growing.ServedBlob.DIGEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.SettableClock;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.disk.SomeBlobs;
import dev.sluice.storage.disk.SpaceLimit;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a start a blob is proved while it is sent, once. */
class ProofTest {

  @TempDir Path root;
  private final SettableClock clock = new SettableClock();
  private CountingStore store;
  private ServedBlob served;

  /** Counts proofs, whose verdicts wait until they are let go. */
  private static final class CountingStore extends ForwardingStore {
    private final AtomicInteger proofs = new AtomicInteger();
    private final CountDownLatch verdicts = new CountDownLatch(1);

    CountingStore(DiskBlobStore store) {
      super(store);
    }

    @Override
    public BlobFile hold(Digest digest) throws IOException {
      return new Counted(super.hold(digest), this);
    }
  }

  private record Counted(BlobFile file, CountingStore store) implements BlobFile {
    @Override
    public FileChannel channel() {
      return file.channel();
    }

    @Override
    public boolean isVerified() {
      return file.isVerified();
    }

    @Override
    public void right() {
      store.proofs.incrementAndGet();
      try {
        assertThat(store.verdicts.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      file.right();
    }

    @Override
    public void wrong(String reason) {
      file.wrong(reason);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    SomeBlobs.write(opened(), BYTES);
    store = new CountingStore(opened());
    served = new ServedBlob(store);
  }

  private DiskBlobStore opened() throws IOException {
    return DiskBlobStore.open(root, new SpaceLimit.Bytes(1L << 30), clock);
  }

  @AfterEach
  void close() throws Exception {
    store.verdicts.countDown();
    served.close();
  }

  @Test
  void manyReadersFollowOneProof() throws Exception {
    List<CompletableFuture<HttpResponse<byte[]>>> readers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      readers.add(served.ask(i * 1000, BYTES.length - i * 1000));
    }
    assertThat(readers).noneMatch(CompletableFuture::isDone);
    store.verdicts.countDown();

    for (int i = 0; i < 20; i++) {
      assertThat(readers.get(i).get(20, TimeUnit.SECONDS).body())
          .isEqualTo(Arrays.copyOfRange(BYTES, i * 1000, BYTES.length));
    }
    assertThat(store.proofs).hasValue(1);
  }

  @Test
  void aPartWaitsForTheProofOfTheWholeToo() throws Exception {
    served.ask(0, BYTES.length);
    var part = served.ask(2_000_000, 1000);
    var first = served.ask(0, 1);
    assertThat(part).isNotDone();
    assertThat(first).isNotDone();

    store.verdicts.countDown();

    assertThat(part.get(20, TimeUnit.SECONDS).body())
        .isEqualTo(Arrays.copyOfRange(BYTES, 2_000_000, 2_001_000));
    assertThat(first.get(20, TimeUnit.SECONDS).body()).containsExactly(BYTES[0]);
  }

  @Test
  void whatWasProvedIsNotProvedAgainHoweverLongAgoItWasUsed() throws Exception {
    store.verdicts.countDown();
    for (int i = 0; i < 5; i++) {
      clock.pass(Duration.ofDays(1));
      assertThat(served.ask(0, BYTES.length).get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
      try (BlobFile file = store.hold(DIGEST)) {
        assertThat(file.isVerified()).isTrue();
      }
    }
    assertThat(store.proofs).hasValue(1);
  }
}
