package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.MediaTypes;
import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.Encryption;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.RepositorySettings;
import dev.sluice.metadata.TagMutability;
import dev.sluice.metadata.TagMutability.Mode;
import dev.sluice.storage.Digest.Algorithm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository appears with its first pull, and not with a pull that fails. */
class FirstPullTest {

  private static final RepositoryName APP = new RepositoryName("up/team/app");
  private static final RepositorySettings SETTINGS =
      new RepositorySettings(
          new TagMutability(Mode.IMMUTABLE, List.of()), true, Encryption.AES256, Map.of("a", "b"));

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  private void template(String prefix, String policy, String appliedFor) {
    await(
        bench
            .names
            .templates()
            .create(
                new CreationTemplate(
                    prefix,
                    Optional.empty(),
                    SETTINGS,
                    Optional.empty(),
                    Optional.of(policy),
                    Set.of(appliedFor),
                    Optional.empty(),
                    bench.clock.instant(),
                    bench.clock.instant())));
  }

  @Test
  void itIsMadeAsUsualWhereNoTemplateCoversIt() {
    bench.registry.image("team/app", "latest").push();
    template("up/other", "other", CreationTemplate.PULL_THROUGH_CACHE);
    template("up/tea", "half a component", CreationTemplate.PULL_THROUGH_CACHE);
    template("up/team", "not for pulls", "REPLICATION");

    bench.found("up/team/app", "latest");

    assertThat(await(bench.names.repositories().all()))
        .containsExactly(
            new Repository(APP, bench.clock.instant(), RepositorySettings.USUAL, Optional.empty()));
  }

  @Test
  void theTemplateOfTheLongestPrefixMakesIt() {
    bench.registry.image("team/app", "latest").push();
    template("ROOT", "root", CreationTemplate.PULL_THROUGH_CACHE);
    template("up", "short", CreationTemplate.PULL_THROUGH_CACHE);
    template("up/team", "long", CreationTemplate.PULL_THROUGH_CACHE);

    bench.found("up/team/app", "latest");

    assertThat(bench.repository("up/team/app"))
        .contains(new Repository(APP, bench.clock.instant(), SETTINGS, Optional.of("long")));
  }

  @Test
  void oneThatIsThereStaysAsItIs() {
    FakeImage image = bench.registry.image("team/app", "latest").push();
    bench.found("up/team/app", "latest");
    var before = bench.repository("up/team/app");
    template("up/team", "late", CreationTemplate.PULL_THROUGH_CACHE);
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    FakeImage newer = bench.registry.image("team/app", "latest").layer(9).push();

    assertThat(bench.found("up/team/app", "latest").manifest().digest()).isEqualTo(newer.digest());

    assertThat(newer.digest()).isNotEqualTo(image.digest());
    assertThat(bench.repository("up/team/app")).isEqualTo(before);
  }

  @Test
  void aPullThatFailsLeavesNone() {
    bench.refused("up/team/app", "missing");
    bench.registry.image("team/app", "latest").push();
    bench.registry.onAny(MANIFESTS).once(AnswerFaults.status(401)).once(AnswerFaults.status(403));
    bench.refused("up/team/app", "latest");
    bench.refused("up/team/app", "latest");
    bench.registry.behave();
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.html());
    bench.refused("up/team/app", "latest");

    assertThat(await(bench.names.repositories().all())).isEmpty();
  }

  @Test
  void aDiskThatIsFullLeavesNone() {
    FakeImage image = bench.registry.image("team/app", "latest").push();
    bench.catalog.seal();

    assertThat(bench.found("up/team/app", "latest").manifest().digest()).isEqualTo(image.digest());

    assertThat(await(bench.names.repositories().all())).isEmpty();
  }

  @Test
  void whatAnImageSaysOfItselfIsKept() {
    FakeImage image = bench.registry.image("team/app", "latest").layer(7).push();
    FakeImage signature =
        bench
            .registry
            .image("team/app", "signature")
            .refersTo(image.manifest(), "application/vnd.example.signature")
            .push();
    bench.found("up/team/app", "latest");
    bench.found("up/team/app", "signature");

    ImageRecord record = record(image);
    assertThat(record.artifactType()).contains(MediaTypes.OCI.config());
    assertThat(record.subject()).isEmpty();
    assertThat(record.members())
        .containsExactly(
            new Member(
                image.config().digest(),
                OptionalLong.of(image.config().size()),
                Optional.of(MediaTypes.OCI.config()),
                false),
            new Member(
                image.layer(0), OptionalLong.of(7), Optional.of(MediaTypes.OCI.layer()), false));
    assertThat(record(signature).artifactType()).contains("application/vnd.example.signature");
    assertThat(record(signature).subject()).contains(image.digest());
  }

  @Test
  void typesThatCouldNotStandInAHeaderAreNotKept() {
    String body =
        """
        {"schemaVersion":2,"artifactType":"a\\nb","config":{"mediaType":5,"digest":"x"},
         "layers":[{"mediaType":"%s","digest":"%s","size":1}],"subject":{"digest":"none"}}
        """
            .formatted("x".repeat(300) + "/y", Content.of("z").digest(Algorithm.SHA256));
    var manifest = bench.registry.manifest("team/app", MediaTypes.OCI.manifest(), Content.of(body));
    bench.found("up/team/app", manifest.digest());

    ImageRecord record = await(bench.catalog.image(APP, manifest.digest())).orElseThrow();
    assertThat(record.artifactType()).isEmpty();
    assertThat(record.subject()).isEmpty();
    assertThat(record.members().getFirst().mediaType()).isEmpty();
  }

  private ImageRecord record(FakeImage image) {
    return await(bench.catalog.image(APP, image.digest())).orElseThrow();
  }

  @Test
  void aPullIsNoted() {
    FakeImage image = bench.registry.image("team/app", "latest").push();
    bench.found("up/team/app", "latest");
    assertThat(record(image).pulledAt()).isEmpty();

    await(bench.fetcher.pulled(APP, image.digest()));
    await(bench.fetcher.pulled(APP, Content.of("unknown").digest(Algorithm.SHA256)));

    assertThat(record(image).pulledAt()).contains(bench.clock.instant());
  }
}
