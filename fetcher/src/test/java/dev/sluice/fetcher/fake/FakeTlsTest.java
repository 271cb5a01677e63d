package dev.sluice.fetcher.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that the fake speaks TLS with a certificate that only the careless accept. */
class FakeTlsTest {

  @Test
  void aSelfSignedFakeIsServedToTheCarelessOnly(@TempDir Path folder) {
    try (Stage stage = new Stage(FakeOptions.plain().tls(SelfSigned.in(folder)))) {
      FakeImage image = stage.registry.image("app").layer(100_000).push();
      String url = stage.registry.url() + image.layerPath(0);
      assertThat(url).startsWith("https://");
      assertThatThrownBy(() -> stage.browser.get(url)).isInstanceOf(SSLHandshakeException.class);
      var careless = new HttpClientOptions().setTrustAll(true).setVerifyHost(false);
      var client = stage.vertx.createHttpClient(careless);
      var body =
          client
              .request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url))
              .compose(request -> request.send())
              .compose(response -> response.body());
      assertThat(body.toCompletionStage().toCompletableFuture().join().length()).isEqualTo(100_000);
    }
  }
}
