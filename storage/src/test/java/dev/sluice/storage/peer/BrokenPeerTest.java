package dev.sluice.storage.peer;

import static dev.sluice.storage.peer.PeerNode.BYTES;
import static dev.sluice.storage.peer.PeerNode.DIGEST;
import static dev.sluice.storage.peer.PeerNode.SIZE;
import static dev.sluice.storage.peer.ScriptedPeer.say;
import static dev.sluice.storage.peer.Waiting.failure;
import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Continuation.Next;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Broken;
import dev.sluice.storage.FillOutcome.Filled;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer does not bring to its end is a break, never an end. */
class BrokenPeerTest {

  @AutoClose private final PeerNode has;
  @AutoClose private final PeerNode wants;

  BrokenPeerTest(@TempDir Path one, @TempDir Path other) throws Exception {
    has = new PeerNode(one);
    wants = new PeerNode(other);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFillThatFailsAtThePeerGoesOnAtTheVeryByte(boolean sizeKnown) throws Exception {
    has.fill(sizeKnown ? SIZE : OptionalLong.empty());
    PeerBlob blob = get(wants.open(has, 0));
    Promise<Long> broken = Promise.promise();
    Promise<Next> next = Promise.promise();
    Future<FillOutcome> fill =
        wants.blobs.fill(
            DIGEST,
            blob.size(),
            blob.source(),
            (offset, how) -> {
              broken.complete(offset);
              return next.future();
            });
    has.upstream.send(BYTES, 0, 1_000_000);
    until(() -> wants.blobs.readable(DIGEST).orElseThrow() == 1_000_000);
    has.upstream.fail("reset");

    assertThat(get(broken.future())).isEqualTo(1_000_000);
    until(() -> has.blobs.find(DIGEST).isEmpty());
    has.store();
    next.complete(new Next.Onward(get(wants.open(has, 1_000_000)).source()));
    assertThat(get(fill)).isEqualTo(new Filled(BYTES.length));
    assertThat(get(wants.blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPeerThatEndsBreaksItsStreams(boolean sizeKnown) throws Exception {
    has.fill(sizeKnown ? SIZE : OptionalLong.empty());
    has.upstream.send(BYTES, 0, 1_000_000);
    PeerBlob blob = get(wants.open(has, 0));
    Future<FillOutcome> fill = wants.blobs.fill(DIGEST, blob.size(), blob.source());
    until(() -> wants.blobs.readable(DIGEST).orElseThrow() == 1_000_000);
    has.close();

    assertThat(get(fill)).isInstanceOf(Broken.class);
    assertThat(failure(wants.open(has, 0))).isNotNull();
  }

  @Test
  void whoComesAfterTheBreakHearsOfIt() throws Exception {
    has.fill(SIZE);
    PeerBlob blob = get(wants.open(has, 0));
    has.close();
    // Long enough to come before the reader nearly always; who comes first matters to nobody.
    get(wants.vertx.timer(200, TimeUnit.MILLISECONDS));

    assertThat(failure(new Reader(blob).all())).isNotNull();
  }

  @Test
  void whatThePeerDoesNotHaveIsNotThere() throws Exception {
    assertThat(failure(wants.open(has, 0))).hasMessage("the peer has no such blob");
    has.store();
    assertThat(failure(wants.open(has, BYTES.length))).hasMessage("the peer has no such blob");
    assertThat(failure(wants.open(has, Long.MAX_VALUE))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "a b:1"})
  void whatIsNoAddressIsNoPeer(String address) throws Exception {
    assertThat(failure(wants.peers.open(address, DIGEST, 0))).isNotNull();
  }

  @Test
  void aReaderThatLeavesHoldsNothing() throws Exception {
    Future<FillOutcome> fill = has.fill(SIZE);
    has.upstream.send(BYTES, 0, 1_000_000);
    PeerBlob unread = get(wants.open(has, 0));
    PeerBlob waiting = get(wants.open(has, 2_000_000));
    Reader reader = new Reader(waiting);
    unread.discard().run();
    waiting.discard().run();
    has.upstream.fail("the test is over");

    assertThat(get(fill)).isInstanceOf(Broken.class);
    until(() -> has.store.opened().stream().noneMatch(FileChannel::isOpen));
    assertThat(reader.all().isComplete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12345",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n12345",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0",
      })
  void aBodyThatIsCutEndsWithAnError(String answer) throws Exception {
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (request, out) -> {
              say(out, answer);
              out.close();
            })) {
      Reader reader = new Reader(get(wants.peers.open(peer.address(), DIGEST, 0)));
      assertThat(failure(reader.all())).isNotNull();
      assertThat(reader.count()).isLessThanOrEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK\r\n",
        "200 OK\r\nContent-Length: 95",
        "206 Partial Content\r\nContent-Length: 95",
        "206 Partial Content\r\nContent-Length: 95\r\nContent-Range: bytes 4-98/99",
        "206 Partial Content\r\nContent-Length: 94\r\nContent-Range: bytes 5-98/100",
        "206 Partial Content\r\nContent-Length: 94\r\nContent-Range: bytes 5-99/100",
        "206 Partial Content\r\nContent-Range: bytes 5-*/*",
        "200 OK\r\nContent-Length: 95\r\nContent-Range: bytes 5-99/100",
        "302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0",
        "404 Not Found\r\nContent-Length: 5",
        "401 Unauthorized\r\nContent-Length: 0",
      })
  void anAnswerToAnotherQuestionIsNotTaken(String head) throws Exception {
    try (ScriptedPeer peer =
        new ScriptedPeer((request, out) -> say(out, "HTTP/1.1 " + head + "\r\n\r\n"))) {
      assertThat(failure(wants.peers.open(peer.address(), DIGEST, 5)))
          .hasMessageStartingWith("the peer's answer is not what was asked for");
    }
  }
}
