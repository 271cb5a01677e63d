package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.storage.BlobLocation.Stored;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes after an answer on the same connection. */
class ConnectionsTest {

  private static final byte[] BYTES = Samples.bytes(200_000);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final Stored blob = gateway.offer(BYTES, Provenance.HIT);
  private final String path = Samples.blobPath(blob.digest());

  /** A request and the status of its answer. */
  private enum Kind {
    PING(200, "GET", "/v2/", "Accept: */*"),
    WHOLE(200, "GET", "BLOB", "Accept: */*"),
    HEAD(200, "HEAD", "BLOB", "Accept: */*"),
    PART(206, "GET", "BLOB", "Range: bytes=9-99"),
    NO_PART(416, "GET", "BLOB", "Range: bytes=200000-"),
    UNCHANGED(304, "GET", "BLOB", "If-None-Match: *"),
    UNCHANGED_HEAD(304, "HEAD", "BLOB", "If-None-Match: *"),
    MALFORMED(400, "GET", "/v2/a/blobs/x", "Accept: */*"),
    ABSENT(404, "GET", "/nothing", "Accept: */*"),
    ABSENT_HEAD(404, "HEAD", "/nothing", "Accept: */*"),
    PUSH(405, "PUT", "/v2/a/manifests/b", "Content-Length: 0"),
    NO_TAGS(200, "GET", "/v2/a/tags/list?n=0", "Accept: */*"),
    FAILED(500, "GET", "/v2/a/tags/list", "Accept: */*"),
    FAILED_HEAD(500, "HEAD", "/v2/a/tags/list", "Accept: */*");

    private final int status;
    private final String method;
    private final String target;
    private final String header;

    Kind(int status, String method, String target, String header) {
      this.status = status;
      this.method = method;
      this.target = target;
      this.header = header;
    }
  }

  @BeforeEach
  void knowTheBlob() throws IOException {
    gateway.ask("HEAD", path);
  }

  @ParameterizedTest
  @EnumSource
  void afterEveryKindOfAnswerComesTheNext(Kind kind) throws IOException {
    try (Wire wire = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(send(wire, kind).reply().status()).isEqualTo(kind.status);
        assertWhole(wire.ask("GET", path));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void requestsThatDoNotWaitAreAnsweredInTheirOrder(Kind kind) throws IOException {
    try (Wire wire = gateway.connect()) {
      for (int i = 0; i < 5; i++) {
        send(wire, kind).send("GET", path);
      }
      for (int i = 0; i < 5; i++) {
        assertThat(wire.reply().status()).isEqualTo(kind.status);
        assertWhole(wire.reply());
      }
    }
  }

  @Test
  void anAnswerThatComesLateIsNotOvertaken() throws IOException {
    Promise<ManifestAnswer> late = Promise.promise();
    gateway.fetch().manifest(late.future());
    Stored manifest = gateway.store(MANIFEST);
    try (Wire wire = gateway.connect()) {
      wire.send("GET", BY_TAG).send("GET", "/v2/");
      assertThat(gateway.ask("GET", "/v2/").status()).isEqualTo(200);
      late.complete(Samples.byContent(manifest, Provenance.MISS));

      assertThat(wire.reply().body().getBytes()).isEqualTo(MANIFEST);
      assertThat(wire.reply().text()).isEqualTo("{}");
    }
  }

  @Test
  void aClientThatLeftBeforeItsAnswerHarmsNobody() throws Exception {
    Promise<TagsAnswer> late = Promise.promise();
    gateway.fetch().tagList(late.future());
    try (Wire wire = gateway.connect()) {
      wire.send("GET", "/v2/a/tags/list");
      assertThat(gateway.ask("GET", "/v2/").status()).isEqualTo(200);
    }
    late.complete(new TagsAnswer.Page(List.of(), Map.of(), Optional.empty()));

    for (String operation : new String[] {"blob", "ping", "tags"}) {
      assertThat(gateway.counted().next().operation()).isEqualTo(operation);
    }
    assertWhole(gateway.ask("GET", path));
  }

  private Wire send(Wire wire, Kind kind) throws IOException {
    String target = kind.target.equals("BLOB") ? path : kind.target;
    return wire.send(kind.method, target, kind.header);
  }

  private static void assertWhole(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().getBytes()).isEqualTo(BYTES);
  }
}
