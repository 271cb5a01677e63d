package dev.sluice.storage.peer;

import static dev.sluice.storage.peer.PeerNode.BYTES;
import static dev.sluice.storage.peer.PeerNode.CLOCK;
import static dev.sluice.storage.peer.PeerNode.DIGEST;
import static dev.sluice.storage.peer.PeerNode.SECRET;
import static dev.sluice.storage.peer.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the server waits for, and for how long. */
class BlobServerTest {

  private static final String PATH = "/blobs/" + DIGEST;
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;

  @Test
  void whoShowsNoProofInTimeIsHungUpOn() throws Exception {
    var patience = new BlobServer.Patience(Duration.ofMillis(100), DAY, Duration.ZERO);
    try (PeerNode quick = new PeerNode(folder, patience);
        Intruder silent = new Intruder(quick.port());
        Intruder slow = new Intruder(quick.port())) {
      slow.say("GET " + PATH + " HTTP/1.1\r\nHo");
      assertThat(silent.hear()).isEmpty();
      assertThat(slow.hear()).isEmpty();
    }
  }

  @Test
  void aPeerOnceProvenMayTakeItsTime() throws Exception {
    var patience = new BlobServer.Patience(Duration.ofSeconds(3), DAY, Duration.ZERO);
    try (PeerNode quick = new PeerNode(folder, patience)) {
      quick.fill(PeerNode.SIZE);
      Reader reader = new Reader(get(quick.open(quick, 0)));
      try (Intruder later = new Intruder(quick.port())) {
        assertThat(later.hear()).isEmpty();
      }
      quick.upstream.send(BYTES, 0, BYTES.length);
      quick.upstream.end();
      assertThat(get(reader.all())).isEqualTo(DIGEST);
    }
  }

  @Test
  void aPeerThatSaysNothingMoreIsHungUpOn() throws Exception {
    var patience = new BlobServer.Patience(DAY, Duration.ofSeconds(1), Duration.ZERO);
    try (PeerNode quick = new PeerNode(folder, patience);
        Intruder idle = new Intruder(quick.port())) {
      quick.store();
      String proof = new PeerSignature(SECRET, CLOCK).of(PeerRequest.get(DIGEST, 0));
      String request = "GET " + PATH + " HTTP/1.1\r\nAuthorization: " + proof + "\r\n\r\n";
      String heard = idle.say(request).hear();
      assertThat(heard).hasSizeGreaterThan(BYTES.length);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void manyEventLoopsShareOnePort() throws Exception {
    try (PeerNode node = new PeerNode(folder)) {
      node.store();
      BlobAnswers answers = new BlobAnswers(node.blobs, SECRET, CLOCK);
      int port = freePort();
      get(
          node.vertx.deployVerticle(
              () -> new BlobServer("127.0.0.1", port, answers, PeerNode.PATIENCE),
              new DeploymentOptions().setInstances(2)));
      List<Reader> readers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        readers.add(new Reader(get(node.peers.open("127.0.0.1:" + port, DIGEST, 0))));
      }
      for (Reader reader : readers) {
        assertThat(get(reader.all())).isEqualTo(DIGEST);
      }
    }
  }
}
