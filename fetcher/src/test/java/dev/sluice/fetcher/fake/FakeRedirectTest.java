package dev.sluice.fetcher.fake;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.CDN;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the ways in which blobs are found elsewhere. */
class FakeRedirectTest {
  @AutoClose private final Stage stage = new Stage();
  private final FakeRegistry registry = stage.registry;
  private final FakeImage image = registry.image("app", "latest").layer(1000).push();
  private final String blob = registry.url() + image.layerPath(0);

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void blobsAreAtTheCdn(int status) throws IOException {
    registry.redirectBlobs(Redirects.plain().status(status));
    String location = locationOf(blob, status);
    assertThat(location).startsWith(registry.url(Listener.CDN));
    assertThat(Digest.sha256(stage.browser.get(location).body())).isEqualTo(image.layer(0));
    assertThat(stage.browser.get(location, "Range", "bytes=1-2").body()).hasSize(2);
    assertThat(registry.count("GET", CDN)).isEqualTo(2);
    assertThat(registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void theCdnRefusesCredentialsAndRemembersThem() throws IOException {
    registry.redirectBlobs(Redirects.plain());
    String location = locationOf(blob, 307);
    stage.browser.get(location);
    assertThat(registry.credentialsSeenByCdn()).isEmpty();
    assertThat(stage.browser.get(location, "Authorization", "Bearer x").statusCode())
        .isEqualTo(400);
    assertThat(registry.credentialsSeenByCdn()).hasSize(1);
  }

  @Test
  void theCdnRefusesALocationWithoutItsQuery() throws IOException {
    registry.redirectBlobs(Redirects.plain());
    String location = locationOf(blob, 307);
    String bare = location.substring(0, location.indexOf('?'));
    assertThat(stage.browser.get(bare).statusCode()).isEqualTo(403);
  }

  @Test
  void aLocationMayBeAPath() throws IOException {
    registry.redirectBlobs(Redirects.plain().asPath());
    String location = locationOf(blob, 307);
    assertThat(location).startsWith("/cdn/");
    assertThat(stage.browser.get(registry.url() + location).body()).hasSize(1000);
  }

  @Test
  void redirectsMayBeMany() throws IOException {
    registry.redirectBlobs(Redirects.plain().hops(3));
    String third = locationOf(locationOf(locationOf(blob, 307), 307), 307);
    assertThat(stage.browser.get(third).body()).hasSize(1000);
  }

  @Test
  void redirectsMayRunInCircles() throws IOException {
    registry.redirectBlobs(Redirects.plain().inCircles());
    String location = locationOf(blob, 307);
    assertThat(locationOf(location, 307)).isEqualTo(location);
  }

  @Test
  void anythingMayRedirectAnywhere() throws IOException {
    registry.onGet(MANIFESTS).once(AnswerFaults.redirectTo(307, "file:///etc/passwd"));
    assertThat(locationOf(registry.url() + image.manifestPath(), 307))
        .isEqualTo("file:///etc/passwd");
  }

  private String locationOf(String url, int status) throws IOException {
    var answer = stage.browser.get(url);
    assertThat(answer.statusCode()).isEqualTo(status);
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
