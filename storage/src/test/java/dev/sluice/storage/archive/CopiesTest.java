package dev.sluice.storage.archive;

import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.MemoryBlobStore;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.HandFedStream;
import dev.sluice.storage.growing.LocalBlobs;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes to a node comes into the archive, and nobody waits for that. */
class CopiesTest {

  private static final byte[] BYTES = new byte[2_000_000];

  static {
    new Random(3).nextBytes(BYTES);
  }

  private static final Digest DIGEST = Digest.sha256(BYTES);

  @TempDir Path root;
  private final Vertx vertx = Vertx.vertx();
  private final WatchedArchive archive = new WatchedArchive();
  private final HandFedStream upstream = new HandFedStream();
  private DiskBlobStore disk;
  private Copies copies;
  private LocalBlobs blobs;

  @BeforeEach
  void open() throws IOException {
    disk = DiskBlobStore.open(root);
    copies = copies(disk);
    blobs = new LocalBlobs(disk, copies);
  }

  private Copies copies(BlobStore from) {
    Presence presence = new Presence(archive, Clock.systemUTC());
    return new Copies(from, archive, presence, digest -> true);
  }

  @AfterEach
  void close() throws Exception {
    archive.letGo();
    copies.close();
    blobs.close();
    get(vertx.close());
  }

  private Future<FillOutcome> fill(HandFedStream stream, Digest digest, OptionalLong size) {
    Context context = vertx.getOrCreateContext();
    return blobs.fill(digest, size, new Source(stream.on(context), context));
  }

  private boolean isInArchive(Digest digest) {
    try {
      return archive.find(digest).isPresent();
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void aBlobIsCopiedWhileItIsFilledAndShowsWhenItIsRight() throws Exception {
    Future<FillOutcome> fill = fill(upstream, DIGEST, OptionalLong.of(BYTES.length));
    upstream.send(BYTES, 0, 1_000_000);
    until(() -> archive.written.get() == 1_000_000);
    assertThat(isInArchive(DIGEST)).isFalse();

    upstream.send(BYTES, 1_000_000, BYTES.length);
    upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
    until(() -> isInArchive(DIGEST));
    assertThat(archive.open(DIGEST, 0).readAllBytes()).isEqualTo(BYTES);
  }

  @Test
  void aBlobOfAnUntoldSizeIsCopiedToo() throws Exception {
    Future<FillOutcome> fill = fill(upstream, DIGEST, OptionalLong.empty());
    upstream.send(BYTES, 0, BYTES.length);
    upstream.end();

    get(fill);
    until(() -> isInArchive(DIGEST));
  }

  @Test
  void ofAFillThatCameToNothingNothingIsKept() throws Exception {
    Future<FillOutcome> fill = fill(upstream, DIGEST, OptionalLong.of(BYTES.length));
    upstream.send(BYTES, 0, 1_000_000);
    until(() -> archive.written.get() == 1_000_000);

    upstream.fail("gone");

    get(fill);
    until(() -> archive.aborts.get() == 1);
    assertThat(isInArchive(DIGEST)).isFalse();
  }

  @Test
  void fillsDoNotWaitForAnArchiveThatIsHeldUpAndAreAllCopiedInTheEnd() throws Exception {
    archive.hold();
    List<Digest> filled = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] bytes = BYTES.clone();
      bytes[0] = (byte) i;
      filled.add(Digest.sha256(bytes));
      HandFedStream stream = new HandFedStream();
      Future<FillOutcome> fill = fill(stream, filled.getLast(), OptionalLong.of(bytes.length));
      stream.send(bytes, 0, bytes.length);
      stream.end();
      assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
      // Whoever waits holds the bytes, whatever becomes of their name.
      assertThat(disk.delete(filled.getLast())).isTrue();
    }
    assertThat(archive.creates).hasValueLessThanOrEqualTo(2);

    archive.letGo();

    until(() -> filled.stream().allMatch(this::isInArchive));
  }

  @Test
  void bytesAtHandAreCopied() throws Exception {
    get(blobs.put(DIGEST, Buffer.buffer(BYTES)));

    until(() -> isInArchive(DIGEST));
  }

  @Test
  void whatTheArchiveHasIsNotCopied() throws Exception {
    write(archive, BYTES);
    int before = archive.creates.get();
    get(blobs.put(DIGEST, Buffer.buffer(BYTES)));
    until(() -> archive.finds.get() == 1);
    assertThat(copies.reconcile()).isZero();

    copies.close();

    assertThat(archive.creates).hasValue(before);
  }

  @Test
  void whatIsAnothersIsLeftToThatOneWhileItComesAndCopiedWhereItStillLacksLater() throws Exception {
    Presence presence = new Presence(archive, Clock.systemUTC());
    try (Copies others = new Copies(disk, archive, presence, digest -> false);
        LocalBlobs ofOthers = new LocalBlobs(disk, others)) {
      Context context = vertx.getOrCreateContext();
      Source source = new Source(upstream.on(context), context);
      Future<FillOutcome> fill = ofOthers.fill(DIGEST, OptionalLong.of(BYTES.length), source);
      upstream.send(BYTES, 0, BYTES.length);
      upstream.end();
      assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
      assertThat(archive.creates).hasValue(0);

      assertThat(others.reconcile()).isEqualTo(1);
    }
    assertThat(isInArchive(DIGEST)).isTrue();
  }

  @Test
  void whatFailedIsCopiedWhenAllIsGoneThrough() throws Exception {
    MemoryBlobStore local = new MemoryBlobStore();
    write(local, BYTES);
    try (Copies own = copies(local)) {
      archive.isGone = true;
      own.stored(DIGEST);
      until(() -> archive.finds.get() > 0);
      assertThat(own.reconcile()).isZero();
      archive.isGone = false;

      assertThat(own.reconcile()).isEqualTo(1);
      assertThat(own.reconcile()).isZero();
    }

    assertThat(archive.open(DIGEST, 0).readAllBytes()).isEqualTo(BYTES);
  }

  @Test
  void copiesUnderWayAreAbortedWhenTheNodeEnds() throws Exception {
    archive.hold();
    Future<FillOutcome> fill = fill(upstream, DIGEST, OptionalLong.of(BYTES.length));
    upstream.send(BYTES, 0, 1_000_000);
    until(() -> archive.creates.get() == 1);

    copies.close(Duration.ofMillis(20));

    assertThat(archive.aborts).hasValue(1);
    upstream.send(BYTES, 1_000_000, BYTES.length);
    upstream.end();
    assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
    assertThat(get(blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
  }

  private static void write(BlobStore store, byte[] bytes) throws IOException {
    var writer = store.create(Digest.sha256(bytes), OptionalLong.empty());
    writer.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)});
    writer.commit();
  }
}
