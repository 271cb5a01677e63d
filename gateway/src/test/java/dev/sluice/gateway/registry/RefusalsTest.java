package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {

  private static final String BLOB = Samples.blobPath(Digest.sha256(new byte[] {1}));
  private static final String TAGS = "/v2/hub/app/tags/list";

  @AutoClose private final LiveGateway gateway = new LiveGateway();

  @ParameterizedTest
  @EnumSource
  void everyRefusalOfTheFetcherReachesTheClient(Reason reason) throws IOException {
    Refused refused = new Refused(reason, "this is why", Duration.ofSeconds(7));
    gateway.fetch().manifests(refused, refused);
    gateway.fetch().blobs(refused, refused);
    gateway.fetch().tags(refused, refused);

    for (String path : new String[] {BY_TAG, BLOB, TAGS}) {
      Reply reply = gateway.ask("GET", path);
      assertThat(reply.status()).isEqualTo(OciError.of(refused).status());
      assertThat(reply.status()).isNotEqualTo(502);
      assertThat(reply.errorCode()).isEqualTo(OciError.of(refused).code());
      assertThat(reply.text()).contains("this is why");
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
      assertThat(reply.header("Retry-After")).isEqualTo("7");
      assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");

      Reply head = gateway.ask("HEAD", path);
      assertThat(head.status()).isEqualTo(reply.status());
      assertThat(head.header("Content-Length")).isEqualTo(reply.header("Content-Length"));
    }
  }

  @Test
  void whereAskingAgainMakesNoSenseNoTimeIsNamed() throws IOException {
    gateway.fetch().manifests(Refused.absent(Reason.MANIFEST_UNKNOWN, "no"));

    assertThat(gateway.ask("GET", BY_TAG).header("Retry-After")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void aFailureOfOursIsAnswered(String method) throws IOException {
    gateway.fetch().manifest(Future.failedFuture("a bug"));
    gateway.fetch().blob(Future.failedFuture(new IllegalStateException()));
    gateway.fetch().tagList(Future.failedFuture("a broken disk"));

    for (String path : new String[] {BY_TAG, BLOB, TAGS}) {
      Reply reply = gateway.ask(method, path);
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
      if (method.equals("GET")) {
        assertThat(reply.errorCode()).isEqualTo("UNKNOWN");
        assertThat(reply.text()).doesNotContain("a bug", "disk", "Exception");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO", "get", "PRI"})
  void nothingButGetAndHeadIsAllowed(String method) throws IOException {
    for (String path : new String[] {"/v2/", BY_TAG, BLOB, "/v2/hub/app/blobs/uploads/", "/"}) {
      Reply reply = gateway.ask(method, path, "Content-Length: 0", "Authorization: Basic Zm9v");

      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
      assertThat(reply.errorCode()).isEqualTo("UNSUPPORTED");
      assertThat(reply.text()).doesNotContain("Authorization");
      assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    }
    assertThat(gateway.fetch().asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v2/hub/app/blobs/uploads/",
    "POST, /v2/hub/app/blobs/uploads/?mount=sha256:0a&from=hub/other",
    "PATCH, /v2/hub/app/blobs/uploads/1-2-3",
    "PUT, /v2/hub/app/blobs/uploads/1-2-3?digest=sha256:0a",
    "PUT, /v2/hub/app/manifests/latest",
    "DELETE, /v2/hub/app/manifests/latest",
    "DELETE, /v2/hub/app/blobs/sha256:0a"
  })
  void aPushIsToldWhereToGo(String method, String path) throws IOException {
    for (String length : new String[] {"0", "5"}) {
      try (Wire wire = gateway.connect()) {
        Reply reply = wire.ask(method, path, "Content-Length: " + length);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.errorCode()).isEqualTo("UNSUPPORTED");
        assertThat(reply.text())
            .contains("Sluice is a cache and takes no pushes: push to registry.example/app");
        assertThat(reply.header("Connection")).isEqualTo(length.equals("0") ? null : "close");
      }
    }
    assertThat(gateway.fetch().asked()).isEmpty();
  }

  @Test
  void aHeaderCannotChangeTheMethod() throws IOException {
    gateway.fetch().manifests(Refused.absent(Reason.MANIFEST_UNKNOWN, "no"));

    assertThat(gateway.ask("GET", BY_TAG, "X-HTTP-Method-Override: DELETE").status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/hub/App/manifests/latest, 400, NAME_INVALID",
    "/v2/hub/app/manifests/-rf, 400, MANIFEST_INVALID",
    "/v2/hub/app/blobs/sha256:abc, 400, DIGEST_INVALID",
    "/v2/../../etc/passwd, 404, NAME_UNKNOWN",
    "/v2/_catalog, 401, UNAUTHORIZED",
    "/, 404, NAME_UNKNOWN"
  })
  void whatIsNoPullGoesNoFurther(String path, int status, String code) throws IOException {
    Reply reply = gateway.ask("GET", path);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.errorCode()).isEqualTo(code);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(gateway.fetch().asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/v2/", "http://u:p@x/v2/a/manifests/b", "*", "x"})
  void aTargetThatIsNoPathIsRefusedAndTheConnectionEnds(String target) throws IOException {
    try (Wire wire = gateway.connect()) {
      Reply reply = wire.ask("GET", target);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errorCode()).isEqualTo("UNSUPPORTED");
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(wire.ends()).isTrue();
    }
    assertThat(gateway.fetch().asked()).isEmpty();
  }

  @Test
  void thePingAnswersBothVersionsOfItsPath() throws IOException {
    for (String path : new String[] {"/v2/", "/v2"}) {
      Reply reply = gateway.ask("GET", path);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("{}");
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
      assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
      assertThat(gateway.ask("HEAD", path).header("Content-Length")).isEqualTo("2");
    }
  }
}
