package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.Rules;
import dev.sluice.metadata.StoredRule;
import dev.sluice.metadata.shared.Question.Extent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The rules of a cluster. */
final class SharedRules implements Rules {

  private final Questions questions;
  private final Changes changes;

  SharedRules(Questions questions, Changes changes) {
    this.questions = questions;
    this.changes = changes;
  }

  @Override
  public Future<List<StoredRule>> all() {
    Function<Metadata, Future<List<StoredRule>>> all = metadata -> metadata.rules().all();
    return questions.ask(
        new Question<>(
            Extent.REPOSITORY, Extent.REPOSITORY, all, rules -> Place.all(rules, RulePlace::of)));
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
