package dev.sluice.storage.archive;

import static dev.sluice.storage.archive.ArchivingNode.BYTES;
import static dev.sluice.storage.archive.ArchivingNode.DIGEST;
import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.MemoryBlobStore;
import dev.sluice.storage.WrittenBlobs;
import dev.sluice.storage.growing.HandFedStream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archive lacks is copied when all is gone through, and what it has is not. */
class ReconciledCopiesTest {

  private final WatchedArchive archive = new WatchedArchive();
  private final HandFedStream upstream = new HandFedStream();
  @TempDir private Path root;
  private ArchivingNode node;

  @BeforeEach
  void open() throws IOException {
    node = new ArchivingNode(root.resolve("own"), archive, digest -> true);
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  @Test
  void whatTheArchiveHasIsNotCopied() throws Exception {
    WrittenBlobs.write(archive, BYTES);
    int before = archive.creates.get();
    get(node.blobs.put(DIGEST, Buffer.buffer(BYTES)));
    until(() -> archive.finds.get() == 1);
    assertThat(node.copies.reconcile()).isZero();

    node.copies.close();

    assertThat(archive.creates).hasValue(before);
  }

  @Test
  void whatIsAnothersIsLeftToThatOneWhileItComesAndCopiedWhereItStillLacksLater() throws Exception {
    ArchivingNode other = new ArchivingNode(root.resolve("other"), archive, digest -> false);
    try {
      Future<FillOutcome> fill = other.fill(upstream, DIGEST, OptionalLong.of(BYTES.length));
      upstream.send(BYTES, 0, BYTES.length);
      upstream.end();
      assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
      assertThat(archive.creates).hasValue(0);

      assertThat(other.copies.reconcile()).isEqualTo(1);
    } finally {
      other.close();
    }
    assertThat(archive.has(DIGEST)).isTrue();
  }

  @Test
  void whatFailedIsCopiedWhenAllIsGoneThrough() throws Exception {
    MemoryBlobStore local = new MemoryBlobStore();
    WrittenBlobs.write(local, BYTES);
    try (Copies own = ArchivingNode.copies(local, archive, digest -> true)) {
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
}
