package dev.sluice.storage.growing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.disk.DiskBlobStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes for a client that is gone before its answer begins: nothing stays open for it. */
class DepartedClientTest {

  private static final byte[] BYTES = new byte[100_000];
  private static final Digest DIGEST = Digest.sha256(BYTES);

  @TempDir Path root;
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Future<Void>> answers = new LinkedBlockingQueue<>();
  private WatchedStore store;
  private LocalBlobs blobs;
  private int port;

  @BeforeEach
  void open() throws Exception {
    store = new WatchedStore(DiskBlobStore.open(root));
    blobs = new LocalBlobs(store);
    port =
        get(vertx.createHttpServer().requestHandler(this::answerLate).listen(0, "127.0.0.1"))
            .actualPort();
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
    blobs.close();
  }

  /** Answers when the client has gone. */
  private void answerLate(HttpServerRequest request) {
    BlobLocation location = blobs.find(DIGEST).orElseThrow();
    request
        .connection()
        .closeHandler(
            gone ->
                answers.add(
                    Future.succeededFuture()
                        .compose(
                            turn -> blobs.send(location, ByteRange.whole(BYTES.length), request))));
  }

  @Test
  void aStoredBlobIsClosed() throws Exception {
    get(blobs.put(DIGEST, Buffer.buffer(BYTES)));
    int before = store.opened().size();

    assertThat(answerToADepartedClient().failed()).isTrue();
    assertThat(store.opened()).hasSize(before + 1).noneMatch(FileChannel::isOpen);
  }

  @Test
  void aGrowingBlobIsClosedWhenItHasGrown() throws Exception {
    HandFedStream upstream = new HandFedStream();
    Context context = vertx.getOrCreateContext();
    Future<FillOutcome> fill =
        blobs.fill(
            DIGEST, OptionalLong.of(BYTES.length), new Source(upstream.on(context), context));
    upstream.send(BYTES, 0, 1000);

    assertThat(answerToADepartedClient().failed()).isTrue();
    upstream.send(BYTES, 1000, BYTES.length);
    upstream.end();
    assertThat(get(fill)).isInstanceOf(FillOutcome.Filled.class);
    assertThat(store.opened()).hasSize(1).noneMatch(FileChannel::isOpen);
  }

  private Future<Void> answerToADepartedClient() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
    }
    Future<Void> answer = answers.poll(10, TimeUnit.SECONDS);
    assertThat(answer).isNotNull();
    answer.otherwiseEmpty().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return answer;
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
