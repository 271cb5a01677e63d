package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.BlobRequest.Way;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.live.CountedRequests.Counted;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that may be sent to the nodes' archive for blobs are, and for nothing else. */
class ElsewhereTest {

  private static final byte[] BYTES = Samples.bytes(1_000);
  private static final RepositoryName APP = new RepositoryName("hub/app");
  private static final URI LINK = URI.create("https://bucket.example/blob?X-Amz-Signature=abc");
  private static final Redirects OF_APP =
      (repository, client) -> repository.equals(APP) && client.equals("127.0.0.1");

  @AutoClose private final LiveGateway gateway = new LiveGateway(Doors.OPEN, OF_APP);
  private final Stored blob = gateway.store(BYTES);
  private final String path = Samples.blobPath(blob.digest());

  private BlobAnswer found() {
    return new BlobAnswer.Found(blob, Provenance.HIT);
  }

  private List<Way> askedWays() {
    return gateway.fetch().asked().stream().map(asked -> ((BlobRequest) asked).way()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept: */*", "Range: bytes=0-", "Range: bytes=5-99"})
  void aPlainGetIsSentThere(String header) throws Exception {
    gateway.fetch().blobs(new BlobAnswer.Linked(LINK));

    Reply reply = gateway.ask("GET", path, header);

    assertThat(reply.status()).isEqualTo(307);
    assertThat(reply.header("Location")).isEqualTo(LINK.toString());
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.digest().toString());
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("Content-Length")).isEqualTo("0");
    assertThat(reply.header("X-Cache")).isEqualTo("hit");
    assertThat(gateway.counted().next()).isEqualTo(new Counted("blob", 307, "hit", 0));
    assertThat(gateway.fetch().asked())
        .containsExactly(new BlobRequest(APP, blob.digest(), false, Way.ELSEWHERE));
  }

  @Test
  void whatThisNodeRemembersIsSentThereToo() throws IOException {
    gateway.fetch().blobs(found(), new BlobAnswer.Linked(LINK));

    assertThat(gateway.ask("HEAD", path).status()).isEqualTo(200);
    assertThat(gateway.ask("GET", path).status()).isEqualTo(307);
    assertThat(gateway.ask("HEAD", path).status()).isEqualTo(200);
    assertThat(askedWays()).containsExactly(Way.HERE, Way.ELSEWHERE);
  }

  @Test
  void whoComesBackWithTheSameQuestionIsServedHere() throws IOException {
    BlobAnswer linked = new BlobAnswer.Linked(LINK);
    gateway.fetch().blobs(linked, linked, found(), linked);

    assertThat(gateway.ask("GET", path).status()).isEqualTo(307);
    assertThat(gateway.ask("GET", path, "Range: bytes=5-99").status()).isEqualTo(307);
    assertThat(gateway.ask("GET", path).status()).isEqualTo(200);
    gateway.clock().advance(Duration.ofSeconds(61));
    assertThat(gateway.ask("GET", path).status()).isEqualTo(307);

    assertThat(askedWays())
        .containsExactly(Way.ELSEWHERE, Way.ELSEWHERE, Way.BACK_FROM_ELSEWHERE, Way.ELSEWHERE);
  }

  @Test
  void whatTheArchiveDoesNotHaveIsServedHere() throws IOException {
    gateway.fetch().blobs(found());

    Reply reply = gateway.ask("GET", path, "Range: bytes=5-9");

    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.body().length()).isEqualTo(5);
    assertThat(askedWays()).containsExactly(Way.ELSEWHERE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Range: bytes=-5 | 206",
        "Range: bytes=0-1,5-6 | 416",
        "Range: bytes=x-1 | 200",
        "Range: lines=0-1 | 200",
        "If-None-Match: * | 304",
        "If-Range: \"other\" | 200",
        "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT | 200"
      })
  void whatAnotherServerMightAnswerOtherwiseIsAnsweredHere(String header, int status)
      throws IOException {
    gateway.fetch().blobs(found());

    assertThat(gateway.ask("GET", path, header).status()).isEqualTo(status);
    assertThat(askedWays()).containsExactly(Way.HERE);
  }

  @Test
  void twoRangesAreAnsweredHere() throws IOException {
    gateway.fetch().blobs(found());
    gateway.ask("GET", path, "Range: bytes=0-1", "Range: bytes=5-6");
    assertThat(askedWays()).containsExactly(Way.HERE);
  }

  @Test
  void aHeadIsAnsweredHere() throws IOException {
    gateway.fetch().blobs(found());

    assertThat(gateway.ask("HEAD", path).header("Content-Length")).isEqualTo("1000");
    assertThat(askedWays()).containsExactly(Way.HERE);
  }

  @Test
  void aManifestIsAnsweredHere() throws IOException {
    Stored manifest = gateway.store(Samples.MANIFEST);
    gateway.fetch().manifests(Samples.byContent(manifest, Provenance.HIT));

    Reply reply = gateway.ask("GET", Samples.manifestPath(manifest.digest()));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().getBytes()).isEqualTo(Samples.MANIFEST);
  }

  @Test
  void othersAreServedHere() throws IOException {
    gateway.fetch().blobs(found());
    String other = "/v2/hub/other/blobs/" + blob.digest();

    assertThat(gateway.ask("GET", other).status()).isEqualTo(200);
    assertThat(gateway.ask("GET", other).status()).isEqualTo(200);
    assertThat(askedWays()).containsExactly(Way.HERE);
  }

  @Test
  void whoMayNotReadItIsNotSentThere() throws IOException {
    gateway.fetch().blobs(Refused.absent(Reason.BLOB_UNKNOWN, "it is none of hub/app's"));
    Reply unknown = gateway.ask("GET", path);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.header("Location")).isNull();

    var closed = Doors.anonymous(Anonymous.NONE, repository -> true);
    try (LiveGateway guarded = new LiveGateway(closed, OF_APP)) {
      assertThat(guarded.ask("GET", path).status()).isEqualTo(401);
      assertThat(guarded.fetch().asked()).isEmpty();
    }
  }
}
