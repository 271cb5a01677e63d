package dev.sluice.metadata.shared;

import dev.sluice.metadata.Rules;
import dev.sluice.metadata.StoredRule;
import dev.sluice.metadata.shared.Question.Extent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The rules of a cluster. */
final class SharedRules implements Rules {

  /** The question for all of them. */
  static final Question<StoredRule, List<StoredRule>> ALL =
      new Question<>(
          Extent.REPOSITORY,
          Extent.REPOSITORY,
          metadata -> metadata.rules().all(),
          rules -> Place.all(rules, RulePlace::of));

  private final Questions questions;
  private final Changes changes;

  SharedRules(Questions questions, Changes changes) {
    this.questions = questions;
    this.changes = changes;
  }

  @Override
  public Future<List<StoredRule>> all() {
    return questions.ask(ALL);
  }

  @Override
  public Future<Boolean> create(StoredRule rule) {
    return changes.make(
        metadata -> metadata.rules().create(rule),
        isNew -> isNew ? changes.put(RulePlace.of(rule), rule) : Future.succeededFuture());
  }

  @Override
  public Future<Optional<StoredRule>> amend(String prefix, UnaryOperator<StoredRule> change) {
    return changes.make(
        metadata -> metadata.rules().amend(prefix, change),
        amended -> changes.putIfAny(new RulePlace(prefix), amended));
  }

  @Override
  public Future<Optional<StoredRule>> remove(String prefix) {
    return changes.make(
        metadata -> metadata.rules().remove(prefix), _ -> changes.drop(new RulePlace(prefix)));
  }
}
