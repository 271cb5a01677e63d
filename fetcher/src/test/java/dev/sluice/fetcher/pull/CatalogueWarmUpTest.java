package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUpRequest;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.metadata.Filter;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Rule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a registry says it has is brought in. */
class CatalogueWarmUpTest {

  private static final String CATALOGUE = "^/v2/_catalog$";

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private Warming warming;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    warming = new Warming(bench.fetcher.warmUps());
    push("team/one", "1.0", "1.1", "rc");
    push("team/two", "1.0");
    push("other/three", "2.0");
    bench
        .registry
        .onGet(CATALOGUE)
        .once(page("team/one").and(link("/v2/_catalog?last=team/one&n=1")))
        .once(page("team/two", "other/three", "NO NAME"));
  }

  private void push(String repository, String... tags) {
    for (String tag : tags) {
      bench.registry.image(repository, tag).layer(repository.length() * 10L + tag.length()).push();
    }
  }

  private static Fault page(String... repositories) {
    JsonObject body = new JsonObject().put("repositories", new JsonArray(List.of(repositories)));
    return AnswerFaults.body("application/json", body.encode());
  }

  private static Fault link(String target) {
    return AnswerFaults.header("Link", '<' + target + ">; rel=\"next\"");
  }

  private WarmUp warm(String rule, List<String> repositories, List<String> tags) {
    var request =
        new WarmUpRequest(List.of(), Optional.of(rule), repositories, tags, List.of("all"));
    return warming.ended(warming.begun(request), bench.clock);
  }

  @Test
  void everyTagOfEveryRepositoryIsHereAfterwards() {
    WarmUp ended = warm("up", List.of(), List.of());

    assertThat(ended.images()).isEqualTo(new WarmUp.Images(5, 5, 0));
    assertThat(bench.registry.requests("GET", CATALOGUE).getLast().query())
        .isEqualTo("last=team%2Fone&n=1");
    bench.registry.close();
    bench.found("up/team/one", "rc");
    bench.found("up/other/three", "2.0");
  }

  @Test
  void patternsChooseByUpstreamsNames() {
    WarmUp ended = warm("up", List.of("team/*"), List.of("1.*"));

    assertThat(ended.images()).isEqualTo(new WarmUp.Images(3, 3, 0));
    assertThat(bench.registry.requests("GET", TAGS))
        .extracting(request -> request.path())
        .containsExactly("/v2/team/one/tags/list", "/v2/team/two/tags/list");
  }

  @Test
  void whatTheRuleDoesNotLetThroughIsNotWanted() {
    Filter repositories = new Filter(List.of(), List.of(new NamePattern("other/*")));
    Filter tags = new Filter(List.of(), List.of(new NamePattern("rc")));
    bench.use(bench.rule("up", Bench.POLICIES.withFilters(repositories, tags)));

    assertThat(warm("up", List.of(), List.of()).images()).isEqualTo(new WarmUp.Images(3, 3, 0));
  }

  @Test
  void aRuleForAPartOfARegistryHasThatPart() {
    Rule plain = bench.rule("up", Bench.POLICIES);
    bench.use(
        new Rule(
            "ours",
            plain.upstream(),
            Optional.of("team"),
            plain.endpoint(),
            List.of(),
            List.of(),
            plain.policies()));

    assertThat(warm("ours", List.of(), List.of()).images()).isEqualTo(new WarmUp.Images(4, 4, 0));
    bench.registry.close();
    bench.found("ours/two", "1.0");
  }

  @Test
  void aRegistryThatDoesNotTellItsRepositoriesIsAFailureWithAdvice() {
    bench.registry.behave();
    bench.registry.onGet(CATALOGUE).always(AnswerFaults.status(401));

    WarmUp ended = warm("up", List.of(), List.of());

    assertThat(ended.images()).isEqualTo(new WarmUp.Images(1, 0, 1));
    assertThat(ended.failures().getFirst().image()).isEqualTo("up");
    assertThat(ended.failures().getFirst().why()).contains("post a list of images instead");
  }

  @Test
  void aCatalogueIsAskedForWithATokenOfItsOwn() {
    bench.registry.requireTokens();

    assertThat(warm("up", List.of(), List.of("2.0")).failures()).isEmpty();

    assertThat(bench.registry.requests("GET", "^/token$"))
        .anySatisfy(
            request -> assertThat(request.query()).contains("scope=registry%3Acatalog%3A*"));
  }

  @Test
  void aRuleThatIsNotThereIsAMistake() {
    var request =
        new WarmUpRequest(List.of(), Optional.of("nope"), List.of(), List.of(), List.of());
    assertThat(warming.ask(request).toString())
        .contains("there is no rule \"nope\"; there are: up");
  }
}
