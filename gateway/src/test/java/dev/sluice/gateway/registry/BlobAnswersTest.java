package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.gateway.live.CountedRequests.Counted;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobAnswersTest {

  private static final byte[] BYTES = Samples.bytes(300_000);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final Stored blob = gateway.store(BYTES);
  private final String path = Samples.blobPath(blob.digest());

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void everyHeaderIsThereForGetAndHead(String method) throws IOException {
    gateway.fetch().blobs(found(Provenance.HIT));

    Reply reply = gateway.ask(method, path, "Accept-Encoding: gzip, br, zstd, deflate");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.digest().toString());
    assertThat(reply.header("ETag")).isEqualTo('"' + blob.digest().toString() + '"');
    assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(reply.header("Content-Length")).isEqualTo("300000");
    assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    assertThat(reply.header("X-Cache")).isEqualTo("hit");
    assertThat(reply.header("Content-Encoding")).isNull();
    assertThat(reply.header("Transfer-Encoding")).isNull();
    assertThat(reply.body().getBytes()).isEqualTo(method.equals("GET") ? BYTES : new byte[0]);
    assertThat(gateway.fetch().asked())
        .containsExactly(
            new BlobRequest(new RepositoryName("hub/app"), blob.digest(), method.equals("HEAD")));
  }

  @ParameterizedTest
  @EnumSource
  void whatItTookIsTold(Provenance provenance) throws IOException {
    gateway.fetch().blobs(found(provenance));

    assertThat(gateway.ask("HEAD", path).header("X-Cache"))
        .isEqualTo(provenance.name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void whoHasItAlreadyIsToldSo(String method) throws IOException {
    gateway.fetch().blobs(found(Provenance.HIT));

    Reply reply = gateway.ask(method, path, "If-None-Match: *", "Range: bytes=0-9");

    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.header("ETag")).isEqualTo('"' + blob.digest().toString() + '"');
    assertThat(reply.header("Content-Range")).isNull();
  }

  @Test
  void theHeadOfABlobThatIsNotHereIsNotSentToWhoHasIt() throws IOException {
    gateway.fetch().blobs(new BlobAnswer.Upstream(OptionalLong.of(5)));
    assertThat(gateway.ask("HEAD", path, "If-None-Match: *").status()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 5_000_000_000L})
  void theHeadOfABlobThatIsNotHereIsThatOfUpstream(long size) throws IOException {
    OptionalLong told = size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    gateway.fetch().blobs(new BlobAnswer.Upstream(told));

    Reply reply = gateway.ask("HEAD", path);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo(size < 0 ? null : Long.toString(size));
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.digest().toString());
    assertThat(reply.header("X-Cache")).isEqualTo("miss");
  }

  @Test
  void anEmptyBlobIsABlob() throws IOException {
    Stored empty = gateway.offer(new byte[0], Provenance.HIT);

    Reply reply = gateway.ask("GET", Samples.blobPath(empty.digest()), "Range: bytes=0-");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo("0");
  }

  @Test
  void whatWasAnsweredOnceIsNotAskedForAgain() throws IOException {
    gateway.fetch().blobs(found(Provenance.COALESCED));
    gateway.ask("HEAD", path);

    Reply reply = gateway.ask("GET", path);

    assertThat(gateway.fetch().asked()).hasSize(1);
    assertThat(reply.header("X-Cache")).isEqualTo("hit");
    assertThat(reply.body().getBytes()).isEqualTo(BYTES);
  }

  @Test
  void anotherRepositoryIsAskedForOnItsOwn() throws IOException {
    gateway
        .fetch()
        .blobs(found(Provenance.HIT), Refused.absent(Reason.BLOB_UNKNOWN, "not of that one"));
    gateway.ask("GET", path);

    Reply reply = gateway.ask("GET", "/v2/hub/other/blobs/" + blob.digest());

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errorCode()).isEqualTo("BLOB_UNKNOWN");
  }

  @Test
  void aBlobThatVanishedIsAskedForAgain() throws IOException {
    byte[] other = Samples.bytes(7);
    gateway.fetch().blobs(found(Provenance.HIT));
    gateway.ask("GET", path);
    gateway.lose(blob);
    gateway.offer(other, Provenance.MISS);

    Reply reply = gateway.ask("GET", path, "Range: bytes=5-9");

    assertThat(gateway.fetch().asked()).hasSize(2);
    assertThat(reply.header("X-Cache")).isEqualTo("miss");
    assertThat(reply.header("Content-Range")).isEqualTo("bytes 5-6/7");
    assertThat(reply.body().getBytes()).isEqualTo(Arrays.copyOfRange(other, 5, 7));
  }

  @Test
  void whatAVanishedBlobWouldHaveSaidIsNotInTheRefusal() throws Exception {
    gateway
        .fetch()
        .blobs(
            found(Provenance.HIT),
            new Refused(Reason.UNAVAILABLE, "it is down", Duration.ofSeconds(5)));
    gateway.ask("HEAD", path);
    gateway.lose(blob);

    Reply reply = gateway.ask("GET", path, "Range: bytes=0-9");

    assertThat(gateway.fetch().asked()).hasSize(2);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.errorCode()).isEqualTo("UNAVAILABLE");
    assertThat(reply.headers())
        .doesNotContainKeys(
            "x-cache", "etag", "docker-content-digest", "content-range", "accept-ranges");
    gateway.counted().next();
    assertThat(gateway.counted().next())
        .isEqualTo(new Counted("blob", 503, "none", reply.body().length()));
  }

  @Test
  void aBlobThatVanishesBeforeItsFirstByteIsTroubleForAMoment() throws IOException {
    gateway.fetch().blobs(found(Provenance.HIT), found(Provenance.HIT));
    gateway.lose(blob);

    Reply reply = gateway.ask("GET", path, "Range: bytes=5-9");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.errorCode()).isEqualTo("UNAVAILABLE");
    assertThat(reply.header("Retry-After")).isNotNull();
    assertThat(reply.header("Content-Range")).isNull();
    assertThat(reply.header("ETag")).isNull();
  }

  private BlobAnswer found(Provenance provenance) {
    return new BlobAnswer.Found(blob, provenance);
  }
}
