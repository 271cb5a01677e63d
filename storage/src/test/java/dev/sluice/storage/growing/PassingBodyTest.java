package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.PassingServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Continuation.Next;
import dev.sluice.storage.Digest;
import dev.sluice.storage.disk.SomeBlobs;
import dev.sluice.storage.peer.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be kept comes for each reader alone, and is as right as what is kept. */
class PassingBodyTest {

  private static final byte[] BYTES = SomeBlobs.bytes(1, 3_000_000);
  private static final Digest DIGEST = Digest.sha256(BYTES);

  @TempDir Path root;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private PassingServer server;

  @BeforeEach
  void open() throws Exception {
    server = new PassingServer(root, DIGEST, OptionalLong.of(BYTES.length));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    client.close();
  }

  private CompletableFuture<HttpResponse<byte[]>> ask(long from, long length) {
    return client.sendAsync(
        HttpRequest.newBuilder(server.uri(from, length)).build(), BodyHandlers.ofByteArray());
  }

  private static byte[] body(CompletableFuture<HttpResponse<byte[]>> reader) throws Exception {
    return reader.get(20, TimeUnit.SECONDS).body();
  }

  private static void feed(HandFedStream stream, byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += 100_000) {
      stream.send(bytes, at, Math.min(to, at + 100_000));
    }
  }

  @Test
  void aReaderGetsTheBytes() throws Exception {
    var reader = ask(0, BYTES.length);
    var answer = server.await();
    feed(answer.stream(), BYTES, 0, BYTES.length);
    answer.stream().end();

    assertThat(body(reader)).isEqualTo(BYTES);
    assertThat(await(answer.done())).isTrue();
    await(answer.ended());
    assertThat(answer.ended()).isEmpty();
  }

  @Test
  void aPartIsSentOnceAllOfTheBlobWasFoundRight() throws Exception {
    var reader = ask(1_000_000, 500_000);
    var answer = server.await();
    feed(answer.stream(), BYTES, 0, BYTES.length);
    assertThat(reader).isNotDone();
    answer.stream().end();

    assertThat(body(reader)).isEqualTo(Arrays.copyOfRange(BYTES, 1_000_000, 1_500_000));
  }

  @Test
  void aBlobOfUnknownSizeIsChunked() throws Exception {
    server.close();
    server = new PassingServer(root, DIGEST, OptionalLong.empty());
    var reader = ask(0, -1);
    var answer = server.await();
    feed(answer.stream(), BYTES, 0, BYTES.length);
    answer.stream().end();

    assertThat(body(reader)).isEqualTo(BYTES);
  }

  @Test
  void wrongBytesAreCutBeforeTheLast() throws Exception {
    byte[] wrong = BYTES.clone();
    wrong[5] ^= 1;
    var reader = ask(0, BYTES.length);
    var answer = server.await();
    feed(answer.stream(), wrong, 0, BYTES.length);
    answer.stream().end();

    assertIsCut(reader, answer);
  }

  @Test
  void aStreamWithoutAnEndIsCut() throws Exception {
    var reader = ask(0, BYTES.length);
    var answer = server.await();
    feed(answer.stream(), BYTES, 0, BYTES.length);
    feed(answer.stream(), BYTES, 0, 10);

    assertIsCut(reader, answer);
  }

  @Test
  void anotherStreamGoesOnAtTheVeryByte() throws Exception {
    var reader = ask(0, BYTES.length);
    var answer = server.await();
    feed(answer.stream(), BYTES, 0, 1_200_000);
    answer.stream().end();
    Breaks.Break broken = server.breaks.await();
    assertThat(broken.offset()).isEqualTo(1_200_000);
    HandFedStream rest = new HandFedStream();
    broken.next().complete(server.onward(rest));
    feed(rest, BYTES, 1_200_000, BYTES.length);
    rest.end();

    assertThat(body(reader)).isEqualTo(BYTES);
  }

  @Test
  void whereNothingComesAnyMoreItIsCut() throws Exception {
    var reader = ask(0, BYTES.length);
    var answer = server.await();
    feed(answer.stream(), BYTES, 0, 100_000);
    answer.stream().end();
    Breaks.Break broken = server.breaks.await();
    broken.next().complete(new Next.Over(broken.how()));

    assertIsCut(reader, answer);
  }

  private void assertIsCut(
      CompletableFuture<HttpResponse<byte[]>> reader, PassingServer.Answer answer)
      throws Exception {
    assertThatThrownBy(() -> body(reader)).hasCauseInstanceOf(IOException.class);
    assertThat(await(answer.done())).isFalse();
    await(answer.ended());
  }

  @Test
  void theStreamOfAClientThatLeavesIsEnded() throws Exception {
    PassingServer.Answer answer;
    try (Socket socket = asked(BYTES.length)) {
      answer = server.await();
      feed(answer.stream(), BYTES, 0, 1000);
      assertThat(socket.getInputStream().read()).isPositive();
    }

    await(answer.ended());
    assertThat(await(answer.done())).isFalse();
  }

  @Test
  void aClientThatDoesNotReadHoldsItsOwnStreamAndNobodyElses() throws Exception {
    try (Socket idle = asked(1 << 30)) {
      var slow = server.await();
      for (int fed = 0; fed < 10; fed++) {
        feed(slow.stream(), BYTES, 0, BYTES.length);
      }
      Waiting.until(slow.stream()::wasPaused);

      aReaderGetsTheBytes();
      assertThat(slow.done()).isEmpty();
      assertThat(idle.isConnected()).isTrue();
    }
  }

  private Socket asked(int length) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    String request = "GET /?from=0&length=%d HTTP/1.1\r\nHost: x\r\n\r\n".formatted(length);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
