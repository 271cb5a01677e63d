package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.record.RecordForm.RULE;

import dev.sluice.metadata.Rule;
import dev.sluice.metadata.Rules;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Rules, each under its prefix. */
final class EmbeddedRules implements Rules {

  private final RecordFile file;

  EmbeddedRules(RecordFile file) {
    this.file = file;
  }

  @Override
  public Future<List<Rule>> all() {
    return file.read(records -> records.table(RULE).all());
  }

  @Override
  public Future<Void> put(Rule rule) {
    Optional<String> key = RecordKey.ofRule(rule.prefix());
    if (key.isEmpty()) {
      return Future.failedFuture(new IllegalArgumentException("not a prefix"));
    }
    return file.change(
        records -> {
          records.table(RULE).put(key.get(), rule);
          return null;
        });
  }

  @Override
  public Future<Boolean> remove(String prefix) {
    return RecordKey.ofRule(prefix)
        .map(key -> file.change(records -> records.table(RULE).remove(key)))
        .orElseGet(() -> Future.succeededFuture(false));
  }
}
