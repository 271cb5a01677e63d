package dev.sluice.fetcher.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.metadata.Filter;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Rule;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule's filters do not let through is refused, cached or not. */
class AdmissionTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void pullEverything() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").layer(100).push();
    bench.registry.image("app", "1.0-rc1").push();
    bench.found("up/app", "latest");
    bench.found("up/app", "1.0-rc1");
    bench.read("up/app", image.layer(0));
    bench.drain();
    bench.registry.forgetRequests();
  }

  @Test
  void aDeniedRepositoryGivesNothingThoughItIsCached() {
    filter(deny("ap*"), Filter.NONE);

    String sentence =
        "rule up does not let the repository app through: its repositories.deny has ap*";
    assertDenied(bench.refused("up/app", "latest"), sentence);
    assertDenied(bench.refused("up/app", image.digest()), sentence);
    assertDenied(Answers.refused(bench.blob("up/app", image.layer(0), false)), sentence);
    assertDenied(Answers.refused(bench.blob("up/app", image.layer(0), true)), sentence);
    assertDenied(Answers.refused(bench.tags("up/app", "")), sentence);
    assertDenied(Answers.refused(bench.check("up/app", "latest")), sentence);
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aRepositoryThatIsNotAllowedGivesNothing() {
    filter(allow("library/*", "other"), Filter.NONE);

    assertDenied(
        bench.refused("up/app", "latest"),
        "rule up does not let the repository app through: its repositories.allow has no pattern");
    assertThat(bench.registry.requests()).isEmpty();
    bench.registry.image("other", "latest").push();
    bench.found("up/other", "latest");
  }

  @Test
  void aDeniedTagIsRefusedAndItsContentStaysReachableByDigest() {
    filter(Filter.NONE, deny("la*t"));

    String sentence = "rule up does not let the tag latest through: its tags.deny has la*t";
    assertDenied(bench.refused("up/app", "latest"), sentence);
    assertDenied(Answers.refused(bench.check("up/app", "latest")), sentence);
    bench.found("up/app", image.digest());
    bench.found("up/app", "1.0-rc1");
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aListOfTagsHasOnlyWhatMayBePulled() {
    filter(Filter.NONE, deny("*-rc*"));
    assertThat(listed()).containsExactly("latest");
    bench.registry.close();
    assertThat(listed()).containsExactly("latest");
    filter(Filter.NONE, allow("1.*"));
    assertThat(listed()).containsExactly("1.0-rc1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub/alpine", "hub/library/alpine"})
  void anOfficialImageIsOneByBothOfItsNames(String repository) {
    bench.use(
        new Rule(
            "hub",
            "registry-1.docker.io",
            Optional.empty(),
            Optional.of(URI.create(bench.registry.url())),
            List.of(),
            List.of(),
            Bench.POLICIES.withFilters(deny("library/alpine"), Filter.NONE)));

    assertDenied(
        bench.refused(repository, "latest"),
        "rule hub does not let the repository library/alpine through");
    assertThat(bench.registry.requests()).isEmpty();
  }

  private void filter(Filter repositories, Filter tags) {
    bench.use(bench.rule("up", Bench.POLICIES.withFilters(repositories, tags)));
  }

  private List<String> listed() {
    return ((TagsAnswer.Page) bench.tags("up/app", "")).tags();
  }

  private static void assertDenied(Refused refused, String sentence) {
    assertThat(refused.reason()).isEqualTo(Reason.DENIED);
    assertThat(refused.message()).contains(sentence);
  }

  private static Filter allow(String... patterns) {
    return new Filter(Stream.of(patterns).map(NamePattern::new).toList(), List.of());
  }

  private static Filter deny(String... patterns) {
    return new Filter(List.of(), Stream.of(patterns).map(NamePattern::new).toList());
  }
}
