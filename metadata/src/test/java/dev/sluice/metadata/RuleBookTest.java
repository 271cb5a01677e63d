package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.rule;
import static dev.sluice.metadata.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The file's rules and those of the API, as one table. */
class RuleBookTest {

  private final Kept kept = new Kept();
  private final RuleBook book =
      new RuleBook(
          List.of(rule("quay", "quay.io"), rule("team/hub", "docker.io")),
          kept,
          RuleBookTest::completed,
          this::beforehand);
  private Function<RuleTable, Future<Void>> beforehand = _ -> Future.succeededFuture();

  private Future<Void> beforehand(RuleTable next) {
    return beforehand.apply(next);
  }

  private static Rule completed(Rule rule) {
    return new Rule(rule.prefix(), rule.upstream() + ":8443", rule.policies());
  }

  /** Rules in memory, which may be out of reach, or answer when the test lets them. */
  private static final class Kept implements Rules {
    final TreeMap<String, StoredRule> rules = new TreeMap<>();
    boolean isBroken;
    Optional<List<Runnable>> late = Optional.empty();

    @Override
    public Future<List<StoredRule>> all() {
      if (isBroken) {
        return Future.failedFuture("out of reach");
      }
      List<StoredRule> all = List.copyOf(rules.values());
      Promise<List<StoredRule>> answer = Promise.promise();
      late.ifPresentOrElse(
          answers -> answers.add(() -> answer.complete(all)), () -> answer.complete(all));
      return answer.future();
    }

    @Override
    public Future<Boolean> create(StoredRule rule) {
      return Future.succeededFuture(rules.putIfAbsent(rule.rule().prefix(), rule) == null);
    }

    @Override
    public Future<Optional<StoredRule>> amend(String prefix, UnaryOperator<StoredRule> change) {
      return Future.succeededFuture(
          Optional.ofNullable(rules.computeIfPresent(prefix, (at, known) -> change.apply(known))));
    }

    @Override
    public Future<Optional<StoredRule>> remove(String prefix) {
      return Future.succeededFuture(Optional.ofNullable(rules.remove(prefix)));
    }
  }

  private Optional<String> upstreamOf(String name) {
    return book.table().match(repository(name)).map(Rule::upstream);
  }

  @Test
  void theFilesRulesAreInForceFromTheBeginning() {
    assertThat(upstreamOf("quay/app")).contains("quay.io");
    assertThat(upstreamOf("team/app")).isEmpty();
    assertThat(book.stored()).isEmpty();
  }

  @Test
  void whatIsMadeIsCompletedAndInForceAtOnce() throws Exception {
    assertThat(Answers.of(book.create(stored("team", "ghcr.io")))).isTrue();

    assertThat(upstreamOf("team/app")).contains("ghcr.io:8443");
    assertThat(upstreamOf("team/hub/app")).contains("docker.io");
    assertThat(book.stored()).containsExactly(stored("team", "ghcr.io"));
    assertThat(kept.rules).containsOnlyKeys("team");
  }

  @Test
  void theFileWins() throws Exception {
    assertThat(Answers.of(book.create(stored("quay", "elsewhere.example")))).isFalse();
    assertThat(kept.rules).isEmpty();
    kept.rules.put("quay", stored("quay", "elsewhere.example"));
    Answers.of(book.refresh());

    assertThat(upstreamOf("quay/app")).contains("quay.io");
    assertThat(book.stored()).isEmpty();
    assertThat(book.isFixed("quay")).isTrue();
    assertThat(book.isFixed("team")).isFalse();
  }

  @Test
  void ofTwoThatAreMadeTheFirstStays() throws Exception {
    Answers.of(book.create(stored("team", "ghcr.io")));

    assertThat(Answers.of(book.create(stored("team", "quay.io")))).isFalse();
    assertThat(upstreamOf("team/app")).contains("ghcr.io:8443");
  }

  @Test
  void whatIsChangedOrDroppedIsSoAtOnce() throws Exception {
    Answers.of(book.create(stored("team", "ghcr.io")));

    assertThat(Answers.of(book.amend("team", _ -> stored("team", "quay.io"))))
        .contains(stored("team", "quay.io"));
    assertThat(upstreamOf("team/app")).contains("quay.io:8443");
    assertThat(Answers.of(book.remove("team"))).contains(stored("team", "quay.io"));
    assertThat(upstreamOf("team/app")).isEmpty();
    assertThat(Answers.of(book.remove("team"))).isEmpty();
    assertThat(Answers.of(book.amend("team", known -> known))).isEmpty();
  }

  @Test
  void whatAnotherNodeMadeIsTakenUpByARefresh() throws Exception {
    kept.rules.put("team", stored("team", "ghcr.io"));
    assertThat(upstreamOf("team/app")).isEmpty();

    Answers.of(book.refresh());

    assertThat(upstreamOf("team/app")).contains("ghcr.io:8443");
  }

  @Test
  void anOlderAnswerThatComesLaterCountsNoMore() throws Exception {
    List<Runnable> answers = new ArrayList<>();
    kept.late = Optional.of(answers);
    Future<Boolean> team = book.create(stored("team", "ghcr.io"));
    Future<Boolean> crew = book.create(stored("crew", "quay.io"));

    answers.get(1).run();
    assertThat(Answers.of(crew)).isTrue();
    answers.get(0).run();

    assertThat(Answers.of(team)).isTrue();
    assertThat(upstreamOf("team/app")).contains("ghcr.io:8443");
    assertThat(upstreamOf("crew/app")).contains("quay.io:8443");
  }

  @Test
  void noTableComesIntoForceBeforeItWasToldOf() throws Exception {
    List<List<String>> told = new ArrayList<>();
    List<Promise<Void>> ready = new ArrayList<>();
    beforehand =
        next -> {
          told.add(next.rules().stream().map(Rule::prefix).toList());
          ready.add(Promise.promise());
          return ready.getLast().future();
        };
    Future<Void> first = book.refresh();
    ready.getLast().complete();
    Answers.of(first);
    Future<Boolean> created = book.create(stored("team", "ghcr.io"));

    assertThat(told)
        .containsExactly(List.of("team/hub", "quay"), List.of("team/hub", "quay", "team"));
    assertThat(created.isComplete()).isFalse();
    assertThat(upstreamOf("team/app")).isEmpty();
    ready.getLast().complete();
    assertThat(Answers.of(created)).isTrue();
    assertThat(upstreamOf("team/app")).contains("ghcr.io:8443");
  }

  @Test
  void aTableStaysOutWhereToldInVain() {
    beforehand = _ -> Future.failedFuture("no space left");

    assertThat(book.create(stored("team", "ghcr.io")).failed()).isTrue();

    assertThat(upstreamOf("team/app")).isEmpty();
    assertThat(upstreamOf("quay/app")).contains("quay.io");
  }

  @Test
  void aRefreshThatFailsLeavesWhatWasKnownInForce() throws Exception {
    Answers.of(book.create(stored("team", "ghcr.io")));
    kept.isBroken = true;

    assertThat(book.refresh().failed()).isTrue();

    assertThat(upstreamOf("team/app")).contains("ghcr.io:8443");
    assertThat(upstreamOf("quay/app")).contains("quay.io");
  }
}
