package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is remembered of a name is dropped when the fetcher says that it was deleted. */
class DeletedNamesTest {

  private static final RepositoryName APP = new RepositoryName("hub/app");
  private static final Refused GONE = Refused.absent(Reason.NAME_UNKNOWN, "no rule covers it");

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final Stored manifest = gateway.store(MANIFEST);
  private final Stored layer = gateway.store(Samples.bytes(1_000));

  static Stream<BiConsumer<NameChanges, Stored>> deletions() {
    return Stream.of(
        (changes, manifest) -> changes.repository(APP),
        (changes, manifest) -> changes.images(APP, Set.of(manifest.digest())));
  }

  private void answerAll() throws IOException {
    var start = gateway.clock().instant();
    gateway
        .fetch()
        .manifests(
            Samples.tagged(manifest, start, start.plus(Duration.ofDays(1))),
            Samples.byContent(manifest, Provenance.MISS));
    gateway.fetch().blobs(new BlobAnswer.Found(layer, Provenance.HIT));
    assertAnswers(200);
  }

  private void assertAnswers(int status) throws IOException {
    assertThat(gateway.ask("GET", BY_TAG).status()).isEqualTo(status);
    assertThat(gateway.ask("GET", Samples.manifestPath(manifest.digest())).status())
        .isEqualTo(status);
    assertThat(gateway.ask("GET", Samples.blobPath(layer.digest())).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @MethodSource("deletions")
  void nothingOfItIsAnsweredFromMemory(BiConsumer<NameChanges, Stored> deletion)
      throws IOException {
    answerAll();
    assertAnswers(200);
    assertThat(gateway.fetch().asked()).hasSize(3);

    deletion.accept(gateway.changes(), manifest);

    gateway.fetch().manifests(GONE, GONE);
    gateway.fetch().blobs(GONE);
    assertAnswers(404);
  }

  @Test
  void othersAreRememberedOn() throws IOException {
    answerAll();

    gateway.changes().repository(new RepositoryName("hub/ap"));
    gateway.changes().repository(new RepositoryName("hub/app/sub"));
    gateway.changes().repository(new RepositoryName("hub"));
    gateway.changes().images(new RepositoryName("hub/ap"), Set.of(manifest.digest()));

    assertAnswers(200);
    assertThat(gateway.fetch().asked()).hasSize(3);
  }

  @Test
  void anotherImageOfTheRepositoryIsRememberedOn() throws IOException {
    answerAll();

    gateway.changes().images(APP, Set.of(layer.digest()));

    assertThat(gateway.ask("GET", BY_TAG).status()).isEqualTo(200);
    assertThat(gateway.fetch().asked()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("deletions")
  void anAnswerFromBeforeIsNotKept(BiConsumer<NameChanges, Stored> deletion) throws Exception {
    Promise<ManifestAnswer> lateManifest = Promise.promise();
    Promise<BlobAnswer> lateBlob = Promise.promise();
    gateway.fetch().manifest(lateManifest.future());
    gateway.fetch().blob(lateBlob.future());
    String byDigest = Samples.manifestPath(manifest.digest());
    FutureTask<Reply> first = begin(byDigest);
    FutureTask<Reply> second = begin(Samples.blobPath(layer.digest()));

    deletion.accept(gateway.changes(), manifest);
    lateManifest.complete(Samples.byContent(manifest, Provenance.MISS));
    lateBlob.complete(new BlobAnswer.Found(layer, Provenance.HIT));

    assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(second.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    gateway.fetch().manifests(GONE);
    gateway.fetch().blobs(GONE);
    assertThat(gateway.ask("GET", byDigest).status()).isEqualTo(404);
    assertThat(gateway.ask("GET", Samples.blobPath(layer.digest())).status()).isEqualTo(404);
  }

  private FutureTask<Reply> begin(String path) throws InterruptedException {
    FutureTask<Reply> asking = new FutureTask<>(() -> gateway.ask("GET", path));
    Thread.ofVirtual().start(asking);
    gateway.fetch().awaitRequest();
    return asking;
  }
}
