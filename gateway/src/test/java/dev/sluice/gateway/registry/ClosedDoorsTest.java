package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.storage.Digest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may not come in learns nothing but that. */
class ClosedDoorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/",
        "/v2/hub/app/manifests/latest",
        "/v2/hub/app/tags/list",
        "/v2/hub/app/tags/list?n=0",
        "/v2/hub/App/manifests/latest",
        "/nothing"
      })
  void withoutAnonymousAccessEverythingNeedsALogin(String path) throws IOException {
    try (var gateway = new LiveGateway(Doors.anonymous(Anonymous.NONE, any -> true))) {
      assertLoginNeeded(gateway, path);
    }
  }

  @Test
  void aClosedRepositoryNeedsALoginWhileOthersDoNot() throws IOException {
    PullAccess access =
        Doors.anonymous(Anonymous.LOOPBACK, repository -> !repository.isUnder("private"));
    try (var gateway = new LiveGateway(access)) {
      Digest digest = Digest.sha256(MANIFEST);
      assertLoginNeeded(gateway, "/v2/private/app/manifests/" + digest);
      assertLoginNeeded(gateway, "/v2/private/app/blobs/" + digest);
      assertLoginNeeded(gateway, "/v2/private/app/tags/list");

      assertThat(gateway.ask("GET", "/v2/").status()).isEqualTo(200);
      gateway.offer(MANIFEST, Provenance.HIT);
      assertThat(gateway.ask("GET", Samples.blobPath(digest)).status()).isEqualTo(200);
      assertLoginNeeded(gateway, "/v2/private/app/blobs/" + digest);
    }
  }

  @Test
  void whoMayNotPullIsNotToldWhereToPush() throws IOException {
    try (var gateway = new LiveGateway(Doors.anonymous(Anonymous.NONE, any -> true))) {
      for (String login : new String[] {"X: y", "Authorization: Basic Zm9vOmJhcg=="}) {
        Reply reply = gateway.ask("POST", "/v2/hub/app/blobs/uploads/", login);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.text())
            .contains("Sluice is a cache", "push to the upstream registry")
            .doesNotContain("registry.example");
      }
    }
  }

  private static void assertLoginNeeded(LiveGateway gateway, String path) throws IOException {
    int asked = gateway.fetch().asked().size();

    Reply reply =
        gateway.ask("GET", path, "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: evil.example");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"https://cache.example/\",service=\"sluice\"");
    assertThat(reply.errorCode()).isEqualTo("UNAUTHORIZED");
    assertThat(gateway.ask("HEAD", path).header("WWW-Authenticate")).isNotNull();
    assertThat(gateway.fetch().asked()).hasSize(asked);
  }
}
