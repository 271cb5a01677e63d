package dev.sluice.metadata.redis;

import dev.sluice.metadata.Rules;
import dev.sluice.metadata.StoredRule;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rules, each under its prefix. */
final class RedisRules implements Rules {

  private final PrefixHash<StoredRule> rules;

  RedisRules(Records records, Keys keys) {
    this.rules = new PrefixHash<>(records, keys.rules(), stored -> stored.rule().prefix());
  }

  @Override
  public Future<List<StoredRule>> all() {
    return rules.all();
  }

  @Override
  public Future<Boolean> create(StoredRule rule) {
    return rules.create(rule);
  }

  @Override
  public Future<Optional<StoredRule>> amend(String prefix, UnaryOperator<StoredRule> change) {
    return rules.amend(prefix, change);
  }

  @Override
  public Future<Optional<StoredRule>> remove(String prefix) {
    return rules.remove(prefix);
  }
}
