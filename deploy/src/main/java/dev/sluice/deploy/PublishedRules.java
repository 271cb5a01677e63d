package dev.sluice.deploy;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Rules;
import dev.sluice.metadata.StoredRule;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Rules of which other nodes hear when they are changed.
 *
 * @param published is told of every change that was made, or may have been
 */
record PublishedRules(Rules rules, NameChanges published) implements Rules {

  @Override
  public Future<List<StoredRule>> all() {
    return rules.all();
  }

  @Override
  public Future<Boolean> create(StoredRule rule) {
    return announced(rules.create(rule));
  }

  @Override
  public Future<Optional<StoredRule>> amend(String prefix, UnaryOperator<StoredRule> change) {
    return announced(rules.amend(prefix, change));
  }

  @Override
  public Future<Optional<StoredRule>> remove(String prefix) {
    return announced(rules.remove(prefix));
  }

  private <T> Future<T> announced(Future<T> change) {
    return change.onComplete(done -> published.rules());
  }
}
