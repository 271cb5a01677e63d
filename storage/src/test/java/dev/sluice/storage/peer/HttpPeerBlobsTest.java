package dev.sluice.storage.peer;

import static dev.sluice.storage.peer.PeerNode.BYTES;
import static dev.sluice.storage.peer.PeerNode.DIGEST;
import static dev.sluice.storage.peer.PeerNode.SIZE;
import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node has, another gets. */
class HttpPeerBlobsTest {

  @AutoClose private final PeerNode has;
  @AutoClose private final PeerNode wants;

  HttpPeerBlobsTest(@TempDir Path one, @TempDir Path other) throws Exception {
    has = new PeerNode(one);
    wants = new PeerNode(other);
  }

  private static Digest from(int offset) {
    return Digest.sha256(Arrays.copyOfRange(BYTES, offset, BYTES.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_234_567, 2_999_999})
  void aStoredBlobComesFromAnyByteOn(int offset) throws Exception {
    has.store();
    PeerBlob blob = get(wants.open(has, offset));

    assertThat(blob.size()).isEqualTo(SIZE);
    assertThat(get(new Reader(blob).all())).isEqualTo(from(offset));
    until(() -> has.store.opened().stream().noneMatch(FileChannel::isOpen));
  }

  @Test
  void anEmptyBlobComesToItsEnd() throws Exception {
    Digest nothing = Digest.sha256(new byte[0]);
    get(has.blobs.put(nothing, Buffer.buffer()));
    PeerBlob blob = get(wants.peers.open(has.address(), nothing, 0));

    assertThat(blob.size()).isEqualTo(OptionalLong.of(0));
    assertThat(get(new Reader(blob).all())).isEqualTo(nothing);
  }

  @Test
  void aSha512NamesABlobAsWell() throws Exception {
    MessageDigest hasher = Algorithm.SHA512.hasher();
    hasher.update(BYTES);
    Digest digest = Digest.of(Algorithm.SHA512, hasher);
    get(has.blobs.put(digest, Buffer.buffer(BYTES)));

    PeerBlob blob = get(wants.peers.open(has.address(), digest, 7));
    assertThat(get(new Reader(blob).all())).isEqualTo(from(7));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "700000, true", "2500000, true", "0, false", "700000, false"})
  void aGrowingBlobIsFollowedFromAnyByteOn(int offset, boolean sizeKnown) throws Exception {
    Future<FillOutcome> fill = has.fill(sizeKnown ? SIZE : OptionalLong.empty());
    has.upstream.send(BYTES, 0, 1_000_000);
    until(() -> has.blobs.readable(DIGEST).orElseThrow() == 1_000_000);

    PeerBlob blob = get(wants.open(has, offset));
    assertThat(blob.size()).isEqualTo(sizeKnown ? SIZE : OptionalLong.empty());
    Reader reader = new Reader(blob);
    until(() -> reader.count() == Math.max(0, 1_000_000 - offset));
    has.upstream.send(BYTES, 1_000_000, BYTES.length);
    has.upstream.end();

    assertThat(get(reader.all())).isEqualTo(from(offset));
    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    until(() -> has.store.opened().stream().noneMatch(FileChannel::isOpen));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLastByteComesOnlyWhenTheDigestIsRight(boolean sizeKnown) throws Exception {
    Future<FillOutcome> fill = has.fill(sizeKnown ? SIZE : OptionalLong.empty());
    Reader reader = new Reader(get(wants.open(has, 0)));
    has.upstream.send(BYTES, 0, BYTES.length - 1);
    has.upstream.send(new byte[] {(byte) ~BYTES[BYTES.length - 1]}, 0, 1);
    has.upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Wrong.class);
    assertThat(Waiting.failure(reader.all())).isNotNull();
    assertThat(reader.count()).isLessThanOrEqualTo(BYTES.length - (sizeKnown ? 1 : 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBlobIsFilledWhileItGrowsAtThePeer(boolean sizeKnown) throws Exception {
    has.fill(sizeKnown ? SIZE : OptionalLong.empty());
    has.upstream.send(BYTES, 0, 1_000_000);
    PeerBlob blob = get(wants.open(has, 0));
    Future<FillOutcome> fill = wants.blobs.fill(DIGEST, blob.size(), blob.source());
    has.upstream.send(BYTES, 1_000_000, BYTES.length);
    has.upstream.end();

    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(get(wants.blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
  }

  @Test
  void aHundredReadersFollowAtOnce() throws Exception {
    has.fill(SIZE);
    has.upstream.send(BYTES, 0, 1_000_000);
    HttpPeerBlobs second =
        new HttpPeerBlobs(wants.vertx, PeerNode.SECRET, PeerNode.CLOCK, PeerNode.SOON);
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      readers.add(new Reader(get(wants.open(has, i * 50_000L))));
      readers.add(new Reader(get(second.open(has.address(), DIGEST, i * 50_000L))));
    }
    has.upstream.send(BYTES, 1_000_000, BYTES.length);
    has.upstream.end();

    for (int i = 0; i < readers.size(); i++) {
      assertThat(get(readers.get(i).all())).isEqualTo(from(i / 2 * 50_000));
    }
    until(() -> has.store.opened().stream().noneMatch(FileChannel::isOpen));
  }

  @Test
  void aSlowReaderHoldsThePeerBack() throws Exception {
    byte[] large = new byte[32 << 20];
    Digest digest = Digest.sha256(large);
    get(has.blobs.put(digest, Buffer.buffer(large)));
    Reader reader = new Reader(get(wants.peers.open(has.address(), digest, 0)));
    until(() -> reader.count() > 0);
    reader.pause();
    // What a question finds after a while is what a pause has let through.
    get(wants.vertx.timer(500, TimeUnit.MILLISECONDS));
    int held = reader.count();
    get(wants.vertx.timer(500, TimeUnit.MILLISECONDS));
    assertThat(reader.count()).isEqualTo(held).isLessThan(large.length);

    reader.resume();
    assertThat(get(reader.all())).isEqualTo(digest);
  }
}
