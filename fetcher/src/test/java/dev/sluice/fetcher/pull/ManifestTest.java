package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.Descriptor;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.MediaTypes;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** First pulls of manifests and indexes. */
class ManifestTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  @Test
  void aFirstPullByTagIsOneRequestHoweverManyAsk() {
    FakeImage image = bench.registry.image("app", "latest").push();
    assertPulledOnceTogether(image, "latest");
  }

  @Test
  void aFirstPullByDigestIsOneRequestHoweverManyAsk() {
    FakeImage image = bench.registry.image("app").push();
    assertPulledOnceTogether(image, image.digest());
  }

  private void assertPulledOnceTogether(FakeImage image, Object reference) {
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();

    List<Future<ManifestAnswer>> answers = bench.ask(50, "up/app", reference);
    gate.awaitHeld(1);
    gate.release();

    List<ManifestAnswer.Found> found =
        answers.stream().map(answer -> Answers.found(await(answer))).toList();
    assertThat(found)
        .allSatisfy(one -> assertThat(one.manifest().digest()).isEqualTo(image.digest()));
    assertThat(provenances(found, Provenance.MISS)).isEqualTo(1);
    assertThat(provenances(found, Provenance.COALESCED)).isEqualTo(49);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  private static long provenances(List<ManifestAnswer.Found> found, Provenance wanted) {
    return found.stream().filter(one -> one.provenance() == wanted).count();
  }

  @Test
  void aFailureIsToldToAllWhoWaitForIt() {
    bench.registry.onGet(MANIFESTS).times(2, AnswerFaults.status(500));
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();
    List<Future<ManifestAnswer>> answers = bench.ask(50, "up/app", "latest");
    gate.awaitHeld(1);
    gate.release();
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(Answers.refused(await(answer)).reason()).isEqualTo(Reason.UNAVAILABLE));
    assertThat(bench.registry.requests()).as("one, and one retry").hasSize(2);
  }

  @Test
  void aManifestIsStoredAsItCameByteForByte() {
    String spaced =
        "{ \"schemaVersion\" : 2,\r\n\t\"layers\": [ ],  \"x\":1.50e0, \"layers\":[] }\n";
    Content bytes = Content.of(spaced);
    Descriptor manifest = bench.registry.manifest("app", MediaTypes.OCI.manifest(), bytes);
    bench.registry.tag("app", "odd", manifest.digest());

    var found = bench.found("up/app", "odd").manifest();

    assertThat(found.digest()).isEqualTo(Digest.sha256(bytes.toBytes()));
    assertThat(found.size()).isEqualTo(bytes.size());
    assertThat(bench.read("up/app", found.digest()))
        .isInstanceOfSatisfying(
            Download.End.Whole.class,
            whole -> assertThat(whole.bytes()).isEqualTo(bytes.toBytes()));
  }

  @ParameterizedTest
  @EnumSource
  void bothFamiliesOfTypesArePulled(MediaTypes types) {
    var builder = bench.registry.index("app", "latest").platform("linux/amd64", 10);
    FakeIndex index = (types == MediaTypes.DOCKER ? builder.docker() : builder).push();
    Digest child = index.child("linux/amd64").digest();

    assertThat(bench.found("up/app", "latest").manifest().mediaType()).isEqualTo(types.index());
    assertThat(bench.found("up/app", child).manifest().mediaType()).isEqualTo(types.manifest());
  }

  @Test
  void whatAnIndexListsIsKnownToTheRepositoryWithoutAsking() {
    FakeIndex index = bench.registry.index("app", "latest").platform("linux/amd64", 10).push();
    FakeImage child = index.child("linux/amd64");
    bench.found("up/app", "latest");
    bench.registry.forgetRequests();

    bench.found("up/app", child.digest());
    assertThat(bench.registry.requests()).hasSize(1);
    bench.read("up/app", child.layer(0));
    assertThat(bench.read("up/app", child.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(bench.registry.requests()).hasSize(2);
    assertThat(bench.blob("up/app", child.layer(0), false)).isInstanceOf(BlobAnswer.Found.class);
  }

  @Test
  void aManifestMayBeNamedBySha512() throws IOException {
    FakeImage image = bench.registry.image("app").push();
    Digest name = image.bytes().digest(Algorithm.SHA512);
    bench
        .registry
        .onGet(MANIFESTS)
        .always(AnswerFaults.body(MediaTypes.OCI.manifest(), image.bytes()));

    var found = bench.found("up/app", name);

    assertThat(found.manifest().digest()).isEqualTo(name);
    assertThat(bench.store.blobs()).containsExactly(name.hex());
  }

  @Test
  void aTagAnnouncedBySha512IsVerifiedByItAndNamedBySha256() {
    FakeImage image = bench.registry.image("app", "latest").push();
    String sha512 = image.bytes().digest(Algorithm.SHA512).toString();
    bench
        .registry
        .onGet(MANIFESTS)
        .once(AnswerFaults.contentDigest(sha512.replaceAll("..$", "00")));
    bench.registry.onGet(MANIFESTS).always(AnswerFaults.contentDigest(sha512));
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());
  }

  @Test
  void theBodysOwnMediaTypeWins() {
    FakeImage image = bench.registry.image("app", "latest").push();
    bench.registry.onGet(MANIFESTS).always(AnswerFaults.contentType("text/plain"));
    assertThat(bench.found("up/app", "latest").manifest().mediaType())
        .isEqualTo(MediaTypes.OCI.manifest());
    assertThat(bench.found("up/app", image.digest()).manifest().mediaType())
        .isEqualTo(MediaTypes.OCI.manifest());
  }

  @Test
  void withoutOneTheContentTypeCountsWithoutItsParameters() {
    Content bytes = Content.of("{\"schemaVersion\":2,\"layers\":[]}");
    Descriptor manifest =
        bench.registry.manifest("app", MediaTypes.DOCKER.manifest() + "; charset=utf-8", bytes);
    assertThat(bench.found("up/app", manifest.digest()).manifest().mediaType())
        .isEqualTo(MediaTypes.DOCKER.manifest());
  }

  @Test
  void whatUpstreamDoesNotHaveIsUnknownAndNothingElseIs() {
    bench.registry.image("app", "latest").push();
    assertThat(bench.refused("up/app", "other").reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
    Stream.of(500, 401, 503)
        .forEach(
            status -> {
              bench.registry.behave();
              bench.registry.onGet(MANIFESTS).always(AnswerFaults.status(status));
              assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(Reason.UNAVAILABLE);
            });
    bench.registry.behave();
    bench.registry.onGet(MANIFESTS).once(AnswerFaults.tooManyRequests("7"));
    assertThat(bench.refused("up/app", "latest").retryAfter()).hasSeconds(7);
    bench.registry.behave();
    bench.clock.advance(Duration.ofSeconds(7));
    bench.registry.onGet(MANIFESTS).once(AnswerFaults.status(403));
    assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(Reason.DENIED);
  }
}
