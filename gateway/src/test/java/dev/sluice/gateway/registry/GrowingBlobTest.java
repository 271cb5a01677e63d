package dev.sluice.gateway.registry;

import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.live.CountedRequests.Counted;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.growing.HandFedStream;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Blobs that are answered while they come in. */
class GrowingBlobTest {

  private static final byte[] BYTES = Samples.bytes(1_000_000);
  private static final Digest DIGEST = Digest.sha256(BYTES);
  private static final String PATH = Samples.blobPath(DIGEST);
  private static final OptionalLong SIZE = OptionalLong.of(BYTES.length);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final HandFedStream upstream = new HandFedStream();

  @Test
  void itIsFollowedFromItsFirstByteOn() throws IOException {
    Future<FillOutcome> fill = gateway.grow(DIGEST, SIZE, upstream);
    try (Wire wire = gateway.connect()) {
      wire.send("GET", PATH);
      upstream.send(BYTES, 0, 100_000);
      assertThat(wire.head().status()).isEqualTo(200);
      assertThat(wire.some(100_000)).isEqualTo(Arrays.copyOf(BYTES, 100_000));
      assertThat(fill.isComplete()).isFalse();

      upstream.send(BYTES, 100_000, BYTES.length);
      upstream.end();
      assertThat(wire.some(900_000)).isEqualTo(Arrays.copyOfRange(BYTES, 100_000, BYTES.length));
      assertThat(wire.ask("GET", "/v2/").status()).isEqualTo(200);
    }
    assertThat(await(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
  }

  @Test
  void itsHeadDoesNotWaitForIt() throws IOException {
    gateway.grow(DIGEST, SIZE, upstream);

    Reply reply = gateway.ask("HEAD", PATH);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo("1000000");
    assertThat(reply.header("X-Cache")).isEqualTo("coalesced");
    upstream.fail("the test is over");
  }

  @Test
  void aPartOfItIsAnsweredOnceItIsThere() throws IOException {
    gateway.grow(DIGEST, SIZE, upstream);
    upstream.send(BYTES, 0, 500_000);

    Reply reply = gateway.ask("GET", PATH, "Range: bytes=400000-499998");

    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.header("Content-Range")).isEqualTo("bytes 400000-499998/1000000");
    assertThat(reply.body().getBytes()).isEqualTo(Arrays.copyOfRange(BYTES, 400_000, 499_999));
    upstream.fail("the test is over");
  }

  @Test
  void itIsCutWhenItsStreamBreaks() throws Exception {
    gateway.grow(DIGEST, SIZE, upstream);
    try (Wire wire = gateway.connect()) {
      wire.send("GET", PATH).send("GET", "/v2/");
      upstream.send(BYTES, 0, 500_000);
      Reply head = wire.head();
      upstream.fail("connection reset");

      Reply reply = wire.rest(head);
      assertThat(reply.whole()).isFalse();
      assertThat(reply.body().getBytes()).isEqualTo(Arrays.copyOf(BYTES, reply.body().length()));
      assertThat(wire.ends()).isTrue();
    }
    assertThat(gateway.counted().next().operation()).isEqualTo("blob");
  }

  @Test
  void itIsCutBeforeItsLastByteWhenItIsWrong() throws IOException {
    byte[] wrong = BYTES.clone();
    wrong[10] ^= 1;
    Future<FillOutcome> fill = gateway.grow(DIGEST, SIZE, upstream);
    try (Wire wire = gateway.connect()) {
      wire.send("GET", PATH);
      upstream.send(wrong, 0, wrong.length);
      Reply head = wire.head();
      upstream.end();

      Reply reply = wire.rest(head);
      assertThat(reply.whole()).isFalse();
      assertThat(reply.body().length()).isLessThan(BYTES.length);
    }
    assertThat(await(fill)).isInstanceOf(FillOutcome.Wrong.class);
  }

  @Test
  void aFillThatFailedBeforeItCouldBeFollowedIsTroubleForAMoment() throws IOException {
    var gone = new BlobAnswer.Found(new Growing(DIGEST, SIZE), Provenance.MISS);
    gateway.fetch().blobs(gone, gone);

    Reply reply = gateway.ask("GET", PATH);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.errorCode()).isEqualTo("UNAVAILABLE");
    assertThat(reply.header("Retry-After")).isNotNull();
    assertThat(reply.header("X-Cache")).isNull();
  }

  @Test
  void aClientThatLeavesDoesNotStopTheFill() throws Exception {
    Future<FillOutcome> fill = gateway.grow(DIGEST, SIZE, upstream);
    try (Wire wire = gateway.connect()) {
      wire.send("GET", PATH);
      upstream.send(BYTES, 0, 10);
      wire.head();
    }
    Counted left = gateway.counted().next();
    upstream.send(BYTES, 10, BYTES.length);
    upstream.end();

    assertThat(await(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(left.bytes()).isLessThan(BYTES.length);
  }
}
