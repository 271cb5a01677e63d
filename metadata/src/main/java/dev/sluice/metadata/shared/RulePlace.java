package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.StoredRule;
import io.vertx.core.Future;
import java.util.Optional;

/** Where a rule that was made through the API is. */
record RulePlace(String prefix) implements Place<StoredRule> {

  static Place<StoredRule> of(StoredRule rule) {
    return new RulePlace(rule.rule().prefix());
  }

  @Override
  public Object subject() {
    return this;
  }

  @Override
  public Future<Optional<StoredRule>> in(Metadata metadata) {
    return metadata
        .rules()
        .all()
        .map(all -> all.stream().filter(each -> each.rule().prefix().equals(prefix)).findFirst());
  }

  @Override
  public Future<?> put(Metadata copy, StoredRule told) {
    return copy.rules()
        .create(told)
        .compose(
            isNew ->
                isNew
                    ? Future.succeededFuture()
                    : copy.rules().amend(prefix, _ -> told).mapEmpty());
  }

  @Override
  public Future<?> drop(Metadata copy) {
    return copy.rules().remove(prefix);
  }
}
