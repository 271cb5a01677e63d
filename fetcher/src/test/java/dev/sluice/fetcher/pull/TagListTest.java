package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.metadata.Policies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of tags: upstream's word, and what is known here where upstream is silent. */
class TagListTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder, BenchOptions.plain().impatient());
    for (String tag : List.of("1.0", "1.1", "2.0", "latest")) {
      bench.registry.image("app", tag).push();
    }
  }

  @Test
  void upstreamIsAskedEveryTime() {
    assertThat(page("").tags()).containsExactly("1.0", "1.1", "2.0", "latest");
    bench.registry.image("app", "3.0").push();
    assertThat(page("").tags()).contains("3.0");
    assertThat(bench.registry.count("GET", TAGS)).isEqualTo(2);
  }

  @Test
  void pagingIsPassedOnAndTheNextPageIsOurs() {
    TagsAnswer.Page first = page("n=2");
    assertThat(first.tags()).containsExactly("1.0", "1.1");
    assertThat(first.next()).isEqualTo(Map.of("n", "2", "last", "1.1"));

    TagsAnswer.Page second = page("last=1.1&n=2");
    assertThat(second.tags()).containsExactly("2.0", "latest");
    assertThat(bench.registry.requests("GET", TAGS))
        .extracting(request -> request.query())
        .containsExactly("n=2", "last=1.1&n=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gAAAAABnX-_9", "gAAAAABnX-_9%3D%3D"})
  void anOpaqueTokenForTheNextPageIsPassedOn(String token) {
    link("<https://quay.example/v2/app/tags/list?n=2&next_page=" + token + ">; rel=\"next\"");
    TagsAnswer.Page first = page("n=2");
    assertThat(first.next()).isEqualTo(Map.of("n", "2", "next_page", token));
    page("n=2&next_page=" + token);
    assertThat(bench.registry.requests("GET", TAGS).getLast().query())
        .isEqualTo("n=2&next_page=" + token);
  }

  @Test
  void aLinkToAnotherHostIsNeverFollowed() {
    try (FakeRegistry other = FakeRegistry.start(bench.vertx)) {
      link("<" + other.url() + "/v2/app/tags/list?last=x&n=1&evil=1>; rel=\"next\"");
      assertThat(page("").next()).isEqualTo(Map.of("n", "1", "last", "x"));
      page("n=1&last=x");
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<", "<>", "<?n=1&last=a b>; rel=next", "</x?n=-1>; rel=next", "</x?n=1>"})
  void aLinkThatMakesNoSenseIsTheEnd(String link) {
    link(link);
    assertThat(page("").next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<?last=1.1&n=2>; rel=\"next\"",
        "<list?last=1.1&n=2>;rel=next",
        "</v2/x/tags/list?n=2&last=1.1#end>; REL=\"Next\"",
        "</v2/x/tags/list?last=0&n=2>; rel=\"prev\", </v2/x/tags/list?last=1.1&n=2>; rel=\"next\"",
        "</a?last=9&n=9>; title=\"a, b\"; rel=\"last\",</b?last=1.1&n=2>; rel=\"next last\"",
        "</v2/x/tags/list?last=1.1&n=2>; title=\"x\"; rel=\"next\"; type=\"application/json\""
      })
  void everyFormOfALinkIsRead(String link) {
    link(link);
    assertThat(page("n=2").next()).isEqualTo(Map.of("n", "2", "last", "1.1"));
  }

  @Test
  void aLinkOfItsOwnLineIsReadToo() {
    bench
        .registry
        .onGet(TAGS)
        .once(
            AnswerFaults.header("Link", "</x?last=0>; rel=\"prev\"")
                .and(AnswerFaults.extraHeader("Link", "</x?last=1.1&n=2>; rel=\"next\"")));
    assertThat(page("n=2").next()).isEqualTo(Map.of("n", "2", "last", "1.1"));
  }

  @Test
  void anEmptyNextPageOfGhcrIsThePageAfterIt() {
    link("</v2/app/tags/list?last=latest&n=0>; rel=\"next\"");
    assertThat(page("").next()).isEqualTo(Map.of("last", "latest"));
  }

  @Test
  void aTokenThatIsNotEscapedIsEscapedHere() {
    link("</v2/app/tags/list?last=ab+/c==&n=2>; rel=\"next\"");
    assertThat(page("n=2").next()).isEqualTo(Map.of("n", "2", "last", "ab%2B%2Fc%3D%3D"));
  }

  @Test
  void aPageThatLeadsToItselfIsTheLast() {
    link("</v2/app/tags/list?last=1.1&n=2>; rel=\"next\"");
    assertThat(page("n=2&last=1.1").next()).isEmpty();
  }

  @Test
  void whatOnlyWeHaveAnyMoreIsListedInItsPlace() {
    bench.found("up/app", "1.1");
    bench.found("up/app", "latest");
    bench.registry.deleteTag("app", "1.1");
    bench.registry.deleteTag("app", "latest");

    assertThat(page("").tags()).containsExactly("1.0", "1.1", "2.0", "latest");
    TagsAnswer.Page first = page("n=2");
    assertThat(first.tags()).containsExactly("1.0", "1.1");
    assertThat(first.next()).isEqualTo(Map.of("n", "2", "last", "1.1"));
    assertThat(page("n=2&last=1.1").tags()).containsExactly("2.0", "latest");
    assertThat(page("n=2&last=1.1").next()).isEmpty();
  }

  @Test
  void whatUpstreamDeletedIsNotListedWhereItIsNotServed() {
    var refusing =
        new Policies(
            Bench.POLICIES.checkIntervals(),
            Bench.POLICIES.checkBudget(),
            Policies.OnDeleted.REFUSE,
            Bench.POLICIES.platforms());
    bench.use(bench.rule("up", refusing));
    bench.found("up/app", "1.1");
    bench.registry.deleteTag("app", "1.1");
    assertThat(page("").tags()).containsExactly("1.0", "2.0", "latest");
  }

  @Test
  void aRepositoryThatIsGoneUpstreamListsWhatIsCached() {
    bench.found("up/app", "1.1");
    bench.registry.onGet(TAGS).always(AnswerFaults.status(404));
    for (int times = 0; times < 2; times++) {
      assertThat(page("").tags()).containsExactly("1.1");
      assertThat(page("").staleReason()).isPresent();
    }
    assertThat(bench.registry.count("GET", TAGS)).isEqualTo(1);
  }

  @Test
  void aListThatUpstreamDoesNotPageIsPagedHere() {
    String all =
        IntStream.range(0, 2_500)
            .mapToObj(i -> "\"t%04d\"".formatted(i))
            .collect(Collectors.joining(",", "{\"tags\":[", "]}"));
    bench.registry.onGet(TAGS).always(AnswerFaults.body("application/json", all));

    TagsAnswer.Page first = page("");
    assertThat(first.tags()).hasSize(1_000).startsWith("t0000");
    assertThat(first.next()).isEqualTo(Map.of("n", "1000", "last", "t0999"));
    assertThat(page("n=2&last=t2497").tags()).containsExactly("t2498", "t2499");
    assertThat(page("n=2&last=t2497").next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"last=1.1", "last=1.1&n=4", "last=1.1&n=1000"})
  void aShortListThatUpstreamDoesNotPageBeginsAfterTheLastTagToo(String query) {
    String all = "{\"tags\":[\"latest\",\"1.1\",\"2.0\",\"1.0\"]}";
    bench.registry.onGet(TAGS).always(AnswerFaults.body("application/json", all));
    assertThat(page(query).tags()).containsExactly("2.0", "latest");
    assertThat(page(query).next()).isEmpty();
  }

  @Test
  void whatIsNoTagIsLeftOut() {
    bench
        .registry
        .onGet(TAGS)
        .once(
            AnswerFaults.body(
                "application/json",
                "{\"tags\":[\"ok\",\"a/b\",\"x\\r\\ny\",\"\",7,null,\"<script>\",\""
                    + "l".repeat(1_000_000)
                    + "\"]}"));
    assertThat(page("").tags()).containsExactly("ok");
  }

  @Test
  void aRepositoryWithoutTagsHasNone() {
    bench.registry.onGet(TAGS).once(AnswerFaults.body("application/json", "{\"tags\":null}"));
    assertThat(page("").tags()).isEmpty();
  }

  @Test
  void withoutUpstreamTheLastAnswerToTheSameQuestionIsGiven() {
    page("n=2");
    bench.registry.onGet(TAGS).always(AnswerFaults.status(500));
    TagsAnswer.Page kept = page("n=2");
    assertThat(kept.tags()).containsExactly("1.0", "1.1");
    assertThat(kept.next()).isEqualTo(Map.of("n", "2", "last", "1.1"));
    assertThat(kept.staleReason()).hasValueSatisfying(why -> assertThat(why).contains("500"));
  }

  @Test
  void withoutUpstreamAndWithoutAnAnswerTheCachedTagsAreGiven() {
    bench.found("up/app", "2.0");
    bench.found("up/app", "1.0");
    bench.found("up/app", "latest");
    bench.registry.close();

    assertThat(page("").tags()).containsExactly("1.0", "2.0", "latest");
    assertThat(page("").staleReason()).isPresent();
    TagsAnswer.Page first = page("n=2");
    assertThat(first.tags()).containsExactly("1.0", "2.0");
    assertThat(first.next()).isEqualTo(Map.of("n", "2", "last", "2.0"));
    assertThat(page("n=2&last=2.0").tags()).containsExactly("latest");
    assertThat(page("n=0").tags()).isEmpty();
  }

  @Test
  void withoutAnythingItIsRefused() {
    bench.registry.onGet(TAGS).always(TravelFaults.neverAnswer());
    assertThat(Answers.refused(bench.tags("up/app", "")).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(Answers.refused(bench.tags("none/app", "")).reason()).isEqualTo(Reason.NAME_UNKNOWN);
  }

  @Test
  void whatUpstreamDoesNotKnowIsUnknown() {
    assertThat(Answers.refused(bench.tags("up/other", "")).reason()).isEqualTo(Reason.NAME_UNKNOWN);
  }

  @Test
  void anAnswerWithoutEndIsNoList() {
    String head = "{\"tags\":[\"";
    bench
        .registry
        .onGet(TAGS)
        .once(AnswerFaults.body("application/json", Content.of(head)).and(AnswerFaults.endless()));
    assertThat(Answers.refused(bench.tags("up/app", "")).message()).contains("longer than");
    bench.registry.onGet(TAGS).once(AnswerFaults.html());
    assertThat(Answers.refused(bench.tags("up/app", "")).message()).contains("list of tags");
  }

  private TagsAnswer.Page page(String query) {
    return (TagsAnswer.Page) bench.tags("up/app", query);
  }

  private void link(String link) {
    bench.registry.onGet(TAGS).once(AnswerFaults.header("Link", link));
  }
}
