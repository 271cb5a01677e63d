package dev.sluice.storage.archive;

import static dev.sluice.storage.archive.ArchivingNode.BYTES;
import static dev.sluice.storage.archive.ArchivingNode.DIGEST;
import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.growing.HandFedStream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes to a node comes into the archive, and nobody waits for that. */
class CopiesTest {

  private final WatchedArchive archive = new WatchedArchive();
  private final HandFedStream upstream = new HandFedStream();
  @TempDir private Path root;
  private ArchivingNode node;

  @BeforeEach
  void open() throws IOException {
    node = new ArchivingNode(root, archive, digest -> true);
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  @Test
  void aBlobIsCopiedWhileItIsFilledAndShowsWhenItIsRight() throws Exception {
    Future<FillOutcome> fill = node.fill(upstream, DIGEST, OptionalLong.of(BYTES.length));
    upstream.send(BYTES, 0, 1_000_000);
    until(() -> archive.written.get() == 1_000_000);
    assertThat(archive.has(DIGEST)).isFalse();

    upstream.send(BYTES, 1_000_000, BYTES.length);
    upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
    until(() -> archive.has(DIGEST));
    assertThat(archive.open(DIGEST, 0).readAllBytes()).isEqualTo(BYTES);
  }

  @Test
  void aBlobOfAnUntoldSizeIsCopiedToo() throws Exception {
    Future<FillOutcome> fill = node.fill(upstream, DIGEST, OptionalLong.empty());
    upstream.send(BYTES, 0, BYTES.length);
    upstream.end();

    get(fill);
    until(() -> archive.has(DIGEST));
  }

  @Test
  void ofAFillThatCameToNothingNothingIsKept() throws Exception {
    Future<FillOutcome> fill = node.fill(upstream, DIGEST, OptionalLong.of(BYTES.length));
    upstream.send(BYTES, 0, 1_000_000);
    until(() -> archive.written.get() == 1_000_000);

    upstream.fail("gone");

    get(fill);
    until(() -> archive.aborts.get() == 1);
    assertThat(archive.has(DIGEST)).isFalse();
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
      Future<FillOutcome> fill = node.fill(stream, filled.getLast(), OptionalLong.of(bytes.length));
      stream.send(bytes, 0, bytes.length);
      stream.end();
      assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
      // Whoever waits holds the bytes, whatever becomes of their name.
      assertThat(node.disk.delete(filled.getLast())).isTrue();
    }
    assertThat(archive.creates).hasValueLessThanOrEqualTo(2);

    archive.letGo();

    until(() -> filled.stream().allMatch(archive::has));
  }

  @Test
  void bytesAtHandAreCopied() throws Exception {
    get(node.blobs.put(DIGEST, Buffer.buffer(BYTES)));

    until(() -> archive.has(DIGEST));
  }

  @Test
  void copiesUnderWayAreAbortedWhenTheNodeEnds() throws Exception {
    archive.hold();
    Future<FillOutcome> fill = node.fill(upstream, DIGEST, OptionalLong.of(BYTES.length));
    upstream.send(BYTES, 0, 1_000_000);
    until(() -> archive.creates.get() == 1);

    node.copies.close(Duration.ofMillis(20));

    assertThat(archive.aborts).hasValue(1);
    upstream.send(BYTES, 1_000_000, BYTES.length);
    upstream.end();
    assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
    assertThat(get(node.blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
  }
}
