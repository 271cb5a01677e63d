package dev.sluice.gateway.registry;

import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.growing.HandFedStream;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Blobs that are answered while they come in, and whose size upstream did not say. */
class UnsizedBlobTest {

  private static final byte[] BYTES = Samples.bytes(1_000_000);
  private static final Digest DIGEST = Digest.sha256(BYTES);
  private static final String PATH = Samples.blobPath(DIGEST);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final HandFedStream upstream = new HandFedStream();

  @Test
  void itIsChunked() throws IOException {
    Future<FillOutcome> fill = gateway.grow(DIGEST, OptionalLong.empty(), upstream);
    try (Wire wire = gateway.connect()) {
      wire.send("GET", PATH, "Range: bytes=5-");
      upstream.send(BYTES, 0, 500_000);
      Reply head = wire.head();
      upstream.send(BYTES, 500_000, BYTES.length);
      upstream.end();

      Reply reply = wire.rest(head);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Length")).isNull();
      assertThat(reply.whole()).isTrue();
      assertThat(reply.body().getBytes()).isEqualTo(BYTES);
      assertThat(wire.ask("GET", "/v2/").status()).isEqualTo(200);
    }
    assertThat(await(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
  }

  @Test
  void itHasNoLastChunkWhenItIsWrong() throws IOException {
    gateway.grow(DIGEST, OptionalLong.empty(), upstream);
    try (Wire wire = gateway.connect()) {
      wire.send("GET", PATH);
      upstream.send(BYTES, 0, BYTES.length - 1);
      Reply head = wire.head();
      upstream.end();

      assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(wire.rest(head).whole()).isFalse();
    }
  }

  @Test
  void whoDoesNotKnowChunksIsToldToWaitUntilTheSizeIsKnown() throws IOException {
    Future<FillOutcome> fill = gateway.grow(DIGEST, OptionalLong.empty(), upstream);
    String request = "GET " + PATH + " HTTP/1.0\r\n\r\n";
    try (Wire wire = gateway.connect()) {
      Reply reply = wire.sendRaw("GET", request).reply();

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.errorCode()).isEqualTo("UNAVAILABLE");
      assertThat(reply.header("Retry-After")).isNotNull();
      assertThat(wire.ends()).isTrue();
    }
    upstream.send(BYTES, 0, BYTES.length);
    upstream.end();
    await(fill);
    gateway.offer(BYTES, Provenance.HIT);
    try (Wire wire = gateway.connect()) {
      assertThat(wire.sendRaw("GET", request).reply().body().getBytes()).isEqualTo(BYTES);
    }
  }
}
