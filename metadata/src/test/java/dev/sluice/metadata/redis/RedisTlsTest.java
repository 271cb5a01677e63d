package dev.sluice.metadata.redis;

import static dev.sluice.metadata.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.redis.RedisSettings.Mode;
import dev.sluice.metadata.redis.RedisSettings.Pool;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRedis
class RedisTlsTest {

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private TestCertificates certificates;
  private RedisServer server;

  @BeforeEach
  void start() throws Exception {
    certificates = TestCertificates.in(folder);
    server = RedisServer.startTls(certificates);
  }

  @AfterEach
  void stop() throws Exception {
    Answers.of(vertx.close());
    server.close();
  }

  @Test
  void aServerOfATrustedAuthorityIsUsed() throws Exception {
    try (RedisMetadata metadata = open(server.url(), Optional.of(certificates.authority()))) {
      Answers.of(metadata.rules().create(stored("quay", "quay.io")));

      assertThat(Answers.of(metadata.rules().all())).containsExactly(stored("quay", "quay.io"));
    }
  }

  @Test
  void changesAreHeardOverTls() throws Exception {
    RedisSettings settings = settings(server.url(), Optional.of(certificates.authority()));
    HeardChanges heard = new HeardChanges();
    try (RedisChanges here = RedisChanges.open(vertx, settings);
        RedisChanges elsewhere = RedisChanges.open(vertx, settings)) {
      here.start(heard);
      heard.await("everything");
      elsewhere.rules();
      heard.await("rules");
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsNotUsed() {
    assertRefused(server.url(), Optional.empty());
  }

  @Test
  void aServerOfAnotherNameIsNotUsed() {
    assertRefused(
        URI.create("rediss://localhost:" + server.port()), Optional.of(certificates.authority()));
  }

  private void assertRefused(URI url, Optional<Path> authority) {
    try (RedisMetadata metadata = open(url, authority)) {
      assertThatThrownBy(() -> Answers.of(metadata.rules().all()))
          .hasCauseInstanceOf(SSLHandshakeException.class);
    }
  }

  private RedisMetadata open(URI url, Optional<Path> authority) {
    return RedisMetadata.open(vertx, settings(url, authority), kind -> {});
  }

  private static RedisSettings settings(URI url, Optional<Path> authority) {
    return new RedisSettings(
        List.of(url),
        new Mode.Standalone(),
        Optional.empty(),
        authority,
        Pool.USUAL,
        RedisSettings.USUAL_NAMESPACE);
  }
}
