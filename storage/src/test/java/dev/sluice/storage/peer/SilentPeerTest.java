package dev.sluice.storage.peer;

import static dev.sluice.storage.peer.PeerNode.BYTES;
import static dev.sluice.storage.peer.PeerNode.DIGEST;
import static dev.sluice.storage.peer.ScriptedPeer.say;
import static dev.sluice.storage.peer.Waiting.failure;
import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that does not speak is told from one that has nothing to say yet. */
class SilentPeerTest {

  private static final String GROWING =
      "HTTP/1.1 200 OK\r\nSluice-Blob: growing\r\nSluice-Readable: %d\r\nSluice-Size: "
          + BYTES.length
          + "\r\n\r\n";

  /** Nobody who listens is silent for so long; who never speaks is found out soon. */
  private static final PeerTimings QUICK =
      new PeerTimings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(3),
          Duration.ofMillis(50),
          Duration.ofMillis(100));

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  private HttpPeerBlobs peers(PeerTimings timings) {
    return new HttpPeerBlobs(vertx, PeerNode.SECRET, PeerNode.CLOCK, timings);
  }

  private static void sendHalf(OutputStream out) throws IOException {
    say(out, "HTTP/1.1 200 OK\r\nContent-Length: " + BYTES.length + "\r\n\r\n");
    out.write(BYTES, 0, BYTES.length / 2);
    out.flush();
  }

  private static ScriptedPeer half(ScriptedPeer.Script toQuestions) throws IOException {
    return new ScriptedPeer(
        (request, out) -> {
          if (request.startsWith("GET")) {
            sendHalf(out);
          } else {
            toQuestions.answer(request, out);
          }
        });
  }

  private void isFoundSilent(ScriptedPeer peer, PeerTimings timings) throws Exception {
    Reader reader = new Reader(get(peers(timings).open(peer.address(), DIGEST, 0)));
    assertThat(failure(reader.all())).hasMessage("the peer fell silent");
    assertThat(reader.count()).isEqualTo(BYTES.length / 2);
  }

  @Test
  void aFrozenPeerIsFoundSilent() throws Exception {
    try (ScriptedPeer peer = half((request, out) -> {})) {
      isFoundSilent(peer, QUICK);
      assertThat(peer.heads()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nSluice-Blob: growing\r\nSluice-Readable: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nSluice-Blob: stored\r\nSluice-Readable: 3000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nSluice-Blob: growing\r\nSluice-Readable: 1500001\r\n\r\n",
        "Hello!\r\n\r\n"
      })
  void aPeerThatHasMoreAndDoesNotSendItIsFoundSilent(String answer) throws Exception {
    try (ScriptedPeer peer = half((request, out) -> say(out, answer))) {
      isFoundSilent(peer, QUICK);
    }
  }

  @Test
  void aPeerThatWaitsItselfIsWaitedFor() throws Exception {
    OutputStream[] stream = new OutputStream[1];
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (request, out) -> {
              if (request.startsWith("GET")) {
                stream[0] = out;
                sendHalf(out);
              } else {
                say(out, GROWING.formatted(BYTES.length / 2));
              }
            })) {
      Reader reader = new Reader(get(peers(PeerNode.SOON).open(peer.address(), DIGEST, 0)));
      until(() -> peer.heads() > 5);
      stream[0].write(BYTES, BYTES.length / 2, BYTES.length / 2);

      assertThat(get(reader.all())).isEqualTo(DIGEST);
    }
  }

  @Test
  void aPeerWhoseAnswerOvertakesItsBytesIsNotSilent() throws Exception {
    OutputStream[] stream = new OutputStream[1];
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (request, out) -> {
              if (request.startsWith("GET")) {
                stream[0] = out;
                sendHalf(out);
              } else {
                say(out, GROWING.formatted(BYTES.length - 1));
                stream[0].write(BYTES, BYTES.length / 2, BYTES.length / 2);
              }
            })) {
      Reader reader = new Reader(get(peers(PeerNode.SOON).open(peer.address(), DIGEST, 0)));
      assertThat(get(reader.all())).isEqualTo(DIGEST);
    }
  }

  @Test
  void aReaderThatIsSlowIsNoSilence() throws Exception {
    byte[] large = new byte[32 << 20];
    Digest digest = Digest.sha256(large);
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (request, out) -> {
              if (request.startsWith("HEAD")) {
                say(out, GROWING.formatted(0));
                return;
              }
              say(out, "HTTP/1.1 200 OK\r\nContent-Length: " + large.length + "\r\n\r\n");
              out.write(large);
            })) {
      Reader reader = new Reader(get(peers(PeerNode.SOON).open(peer.address(), digest, 0)));
      until(() -> reader.count() > 0);
      reader.pause();
      get(vertx.timer(1, TimeUnit.SECONDS));
      // One may have been on its way before the pause; in a second there would be twenty.
      assertThat(peer.heads()).isLessThanOrEqualTo(1);
      assertThat(reader.count()).isLessThan(large.length);
      reader.resume();

      assertThat(get(reader.all())).isEqualTo(digest);
    }
  }

  @Test
  void aStreamThatNobodyReadsYetIsNotWatched() throws Exception {
    try (ScriptedPeer peer = half((request, out) -> {})) {
      PeerBlob blob = get(peers(QUICK).open(peer.address(), DIGEST, 0));
      get(vertx.timer(300, TimeUnit.MILLISECONDS));
      assertThat(peer.heads()).isZero();
      blob.discard().run();
    }
  }

  @Test
  void aPeerThatNeverAnswersIsNotWaitedFor() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer((request, out) -> {})) {
      assertThat(failure(peers(QUICK).open(peer.address(), DIGEST, 0))).isNotNull();
    }
  }

  @Test
  void aPeerThatSendsItsHeadWithoutEndIsNotWaitedFor() throws Exception {
    try (ScriptedPeer peer =
        new ScriptedPeer((request, out) -> say(out, "HTTP/1.1 200 OK\r\nContent-Len"))) {
      assertThat(failure(peers(QUICK).open(peer.address(), DIGEST, 0))).isNotNull();
    }
  }
}
