package dev.sluice.storage.peer;

import static dev.sluice.storage.peer.PeerNode.BYTES;
import static dev.sluice.storage.peer.PeerNode.CLOCK;
import static dev.sluice.storage.peer.PeerNode.DIGEST;
import static dev.sluice.storage.peer.PeerNode.PATIENCE;
import static dev.sluice.storage.peer.PeerNode.SECRET;
import static dev.sluice.storage.peer.Waiting.failure;
import static dev.sluice.storage.peer.Waiting.get;
import static dev.sluice.storage.peer.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a blob is, and what becomes of answers while it changes. */
class BlobAnswersTest {

  @AutoClose private final PeerNode node;

  BlobAnswersTest(@TempDir Path folder) throws Exception {
    node = new PeerNode(folder);
  }

  /** A second server, to whom blobs look as the test says. */
  private String serve(Supplier<BlobLocation> said) throws Exception {
    BlobAnswers answers = new BlobAnswers(new StaleBlobs(node.blobs, said), SECRET, CLOCK);
    BlobServer server = new BlobServer("127.0.0.1", 0, answers, PATIENCE);
    get(node.vertx.deployVerticle(server));
    return "127.0.0.1:" + server.port();
  }

  private String head() throws IOException {
    PeerRequest request = PeerRequest.head(DIGEST);
    String proof = new PeerSignature(SECRET, CLOCK).of(request);
    try (Intruder peer = new Intruder(node.port())) {
      peer.say("HEAD " + request.target() + " HTTP/1.1\r\nAuthorization: " + proof + "\r\n\r\n");
      String both = peer.say("Enough of that.\r\n\r\n").hear();
      return both.substring(0, both.indexOf("\r\n\r\n") + 2).toLowerCase(Locale.ROOT);
    }
  }

  @Test
  void aHeadTellsHowFarABlobIs() throws Exception {
    assertThat(head()).startsWith("http/1.1 404 not found\r\n");

    node.fill(PeerNode.SIZE);
    node.upstream.send(BYTES, 0, 1_000_000);
    until(() -> node.blobs.readable(DIGEST).orElseThrow() == 1_000_000);
    assertThat(head())
        .startsWith("http/1.1 200 ok\r\n")
        .contains("sluice-blob: growing\r\n")
        .contains("sluice-readable: 1000000\r\n")
        .contains("sluice-size: 3000000\r\n");

    node.upstream.send(BYTES, 1_000_000, BYTES.length);
    node.upstream.end();
    until(() -> node.blobs.find(DIGEST).orElseThrow() instanceof Stored);
    assertThat(head())
        .contains("sluice-blob: stored\r\n")
        .contains("sluice-readable: 3000000\r\n")
        .contains("sluice-size: 3000000\r\n");
  }

  @Test
  void nobodyTellsASizeThatIsNotKnown() throws Exception {
    node.fill(OptionalLong.empty());
    assertThat(head())
        .contains("sluice-blob: growing\r\n", "sluice-readable: 0\r\n")
        .doesNotContain("sluice-size");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2_500_000})
  void aBlobOfUnknownSizeThatIsWholeMeanwhileComesWhole(int offset) throws Exception {
    node.store();
    String peer = serve(() -> new Growing(DIGEST, OptionalLong.empty()));

    Reader reader = new Reader(get(node.peers.open(peer, DIGEST, offset)));
    assertThat(get(reader.all()))
        .isEqualTo(Digest.sha256(Arrays.copyOfRange(BYTES, offset, BYTES.length)));
  }

  @Test
  void aBlobThatIsGoneMeanwhileIsNotThere() throws Exception {
    String stored = serve(() -> new Stored(DIGEST, BYTES.length));
    assertThat(failure(node.peers.open(stored, DIGEST, 5))).hasMessage("the peer has no such blob");
    String growing = serve(() -> new Growing(DIGEST, OptionalLong.empty()));
    assertThat(failure(node.peers.open(growing, DIGEST, 0)))
        .hasMessage("the peer has no such blob");
  }

  @Test
  void aBrokenDiskIsNoAnswer() throws Exception {
    String peer =
        serve(
            () -> {
              throw new UncheckedIOException(new IOException("the disk is broken"));
            });
    assertThat(failure(node.peers.open(peer, DIGEST, 0))).hasMessageContaining("status 500");
  }
}
