package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is remembered of a tag is dropped when the fetcher says that it has changed. */
class ChangedTagsTest {

  private static final Duration INTERVAL = Duration.ofMinutes(5);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final Stored manifest = gateway.store(MANIFEST);
  private final Instant start = gateway.clock().instant();

  @Test
  void aTagThatChangedIsAskedForAgainThoughItsAnswerWasUsable() throws IOException {
    Stored moved = gateway.store("{\"moved\":true}".getBytes(UTF_8));
    gateway
        .fetch()
        .manifests(
            Samples.tagged(manifest, start, start.plus(INTERVAL)),
            Samples.tagged(moved, start, start.plus(INTERVAL)));
    gateway.ask("GET", BY_TAG);

    gateway.changes().tag(new RepositoryName("hub/other"), new Tag("latest"));
    gateway.changes().tag(new RepositoryName("hub/app"), new Tag("other"));
    assertThat(gateway.ask("GET", BY_TAG).header("X-Cache")).isEqualTo("hit");
    gateway.changes().tag(new RepositoryName("hub/app"), new Tag("latest"));

    for (int i = 0; i < 2; i++) {
      assertThat(gateway.ask("GET", BY_TAG).header("Docker-Content-Digest"))
          .isEqualTo(moved.digest().toString());
    }
    assertThat(gateway.fetch().asked()).hasSize(2);
  }

  @Test
  void anAnswerFromBeforeAChangeIsNotKept() throws Exception {
    Stored moved = gateway.store("{\"moved\":true}".getBytes(UTF_8));
    Promise<ManifestAnswer> late = Promise.promise();
    gateway.fetch().manifest(late.future());
    gateway.fetch().manifests(Samples.tagged(moved, start, start.plus(INTERVAL)));
    FutureTask<Reply> first = new FutureTask<>(() -> gateway.ask("GET", BY_TAG));
    Thread.ofVirtual().start(first);
    gateway.fetch().awaitRequest();

    gateway.changes().tag(new RepositoryName("hub/app"), new Tag("latest"));
    late.complete(Samples.tagged(manifest, start, start.plus(INTERVAL)));

    assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(gateway.ask("GET", BY_TAG).header("Docker-Content-Digest"))
        .isEqualTo(moved.digest().toString());
  }
}
