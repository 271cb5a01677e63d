package dev.sluice.storage.peer;

import static dev.sluice.storage.peer.PeerNode.CLOCK;
import static dev.sluice.storage.peer.PeerNode.DIGEST;
import static dev.sluice.storage.peer.PeerNode.SECRET;
import static dev.sluice.storage.peer.Waiting.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not know the secret gets nothing, learns nothing, and is hung up on. */
class StrangerTest {

  private static final String PATH = "/blobs/" + DIGEST;
  private static final String NOTHING =
      "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
  private static final String NOT_FOUND =
      "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

  /** A version of HTTP that Vert.x does not know gets its 501, before we are asked. */
  private static final String NO_WORD =
      "(HTTP/[0-9.]+ (401|501) [A-Za-z ]+\r\ncontent-length: 0\r\n(connection: close\r\n)?\r\n)?";

  @AutoClose private final PeerNode node;

  StrangerTest(@TempDir Path folder) throws Exception {
    node = new PeerNode(folder);
  }

  @BeforeEach
  void store() throws Exception {
    node.store();
  }

  private static String signed(PeerRequest request) {
    return signed(request, CLOCK);
  }

  private static String signed(PeerRequest request, Clock clock) {
    return "Authorization: " + new PeerSignature(SECRET, clock).of(request) + "\r\n";
  }

  private static String get(String headers) {
    return "GET " + PATH + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
  }

  private String hear(String request) throws IOException {
    try (Intruder intruder = new Intruder(node.port())) {
      return intruder.say(request).hear();
    }
  }

  @Test
  void aWrongSecretOpensNothing() throws Exception {
    HttpPeerBlobs others =
        new HttpPeerBlobs(node.vertx, new PeerSecret(new byte[16]), CLOCK, PeerNode.SOON);
    assertThat(failure(others.open(node.address(), DIGEST, 0))).hasMessageContaining("401");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Authorization:\r\n",
        "Authorization: Basic c2x1aWNlOnNsdWljZQ==\r\n",
        "Authorization: Sluice-Peer\r\n",
        "Authorization: Sluice-Peer 1772366400000 00000000000000000000000000000000 "
            + "0000000000000000000000000000000000000000000000000000000000000000\r\n",
        "Authorization: Sluice-Peer 999999999999999 00000000000000000000000000000000 "
            + "0000000000000000000000000000000000000000000000000000000000000000\r\n",
        "Authorization: Sluice-Peer -1 x y\r\n",
      })
  void withoutAProofThereIsNothing(String authorization) throws Exception {
    assertThat(hear(get(authorization))).isEqualTo(NOTHING);
  }

  @Test
  void aProofIsGoodForOneUse() throws Exception {
    String request = get("Range: bytes=2999999-\r\n" + signed(PeerRequest.get(DIGEST, 2_999_999)));
    try (Intruder first = new Intruder(node.port())) {
      first.say(request).say("GARBAGE\r\n\r\n");
      assertThat(first.hear()).startsWith("HTTP/1.1 206 ");
    }
    assertThat(hear(request)).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @CsvSource({"-301, false", "-300, true", "300, true", "301, false", "-86400, false"})
  void clocksMayBeFiveMinutesApart(int seconds, boolean passes) throws Exception {
    Clock other = Clock.offset(CLOCK, Duration.ofSeconds(seconds));
    String answer =
        hear(
            "HEAD "
                + PATH
                + " HTTP/1.1\r\n"
                + signed(PeerRequest.head(DIGEST), other)
                + "\r\nX\r\n\r\n");
    assertThat(answer.startsWith("HTTP/1.1 200 OK")).isEqualTo(passes);
  }

  @Test
  void aProofFitsNoOtherRequest() throws Exception {
    assertThat(hear(get(signed(PeerRequest.get(DIGEST, 5))))).isEqualTo(NOTHING);
    assertThat(hear(get("Range: bytes=5-\r\n" + signed(PeerRequest.get(DIGEST, 0)))))
        .isEqualTo(NOTHING);
    assertThat(hear(get(signed(PeerRequest.head(DIGEST))))).isEqualTo(NOTHING);
    String other = PATH.replaceFirst(".$", "x");
    assertThat(hear("GET " + other + " HTTP/1.1\r\n" + signed(PeerRequest.get(DIGEST, 0)) + "\r\n"))
        .isEqualTo(NOTHING);
  }

  @Test
  void aRequestThatNoPeerSendsIsRefusedWithTheBestProof() throws Exception {
    PeerRequest whole = PeerRequest.get(DIGEST, 0);
    assertThat(hear(get(signed(whole) + signed(whole)))).isEqualTo(NOTHING);
    assertThat(hear(get(signed(whole) + "Content-Length: 1\r\n") + "x")).isEqualTo(NOTHING);
    assertThat(hear(get(signed(whole) + "Transfer-Encoding: chunked\r\n"))).isEqualTo(NOTHING);
    assertThat(hear(get(signed(whole) + "Range: bytes=0-\r\nRange: bytes=0-\r\n")))
        .isEqualTo(NOTHING);
    assertThat(hear(get(signed(whole)).replace("HTTP/1.1", "HTTP/1.0"))).contains(" 401 ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, ''",
    "GET, /blobs, ''",
    "GET, /blobs/, ''",
    "GET, /blobs/../blobs/, ''",
    "POST, PATH, ''",
    "DELETE, PATH, ''",
    "GET, PATH?x, ''",
    "GET, http://x/PATH, ''",
    "GET, *, ''",
    "GET, PATH, bytes=0-5",
    "GET, PATH, bytes=-5",
    "GET, PATH, 'bytes=0-,9-'",
    "GET, PATH, bytes=9999999999999999999-",
    "GET, PATH, lines=1-",
  })
  void apartFromBlobsThereIsNothingForPeersEither(String method, String target, String range)
      throws Exception {
    String path = target.replace("PATH", PATH);
    PeerRequest request = new PeerRequest(HttpMethod.valueOf(method), path, range);
    String header = range.isEmpty() ? "" : "Range: " + range + "\r\n";
    assertThat(hear(method + ' ' + path + " HTTP/1.1\r\n" + header + signed(request) + "\r\n"))
        .isEqualTo(NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
        "\u0000\u0000\r\n\r\n",
        "hello\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
      })
  void garbageIsHungUpOn(String garbage) throws Exception {
    assertThat(hear(garbage)).matches(NO_WORD);
  }

  @Test
  void whatIsTooLongIsNotRead() throws Exception {
    assertThat(hear("GET /" + "x".repeat(600) + " HTTP/1.1\r\n\r\n")).matches(NO_WORD);
    assertThat(hear(get("X: " + "x".repeat(3_000) + "\r\n"))).matches(NO_WORD);
    assertThat(hear(get("X: y\r\n".repeat(1_000)))).matches(NO_WORD);
    assertThat(hear("x".repeat(100_000))).matches(NO_WORD);
  }

  @Test
  void theSecretIsNotShown() {
    assertThat(SECRET).hasToString("PeerSecret[hidden]");
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new PeerSecret(new byte[15])))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
