package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The rules that were made through the API; those of the configuration file are not kept here. */
public interface Rules {

  /** Every kept rule, in ASCII order of their prefixes. */
  Future<List<StoredRule>> all();

  /** Keeps a rule; false where there is one of that prefix. */
  Future<Boolean> create(StoredRule rule);

  /**
   * Changes a rule, as one step.
   *
   * @param change of everything but the prefix; may be called again
   * @return what it is now; empty where there is none
   */
  Future<Optional<StoredRule>> amend(String prefix, UnaryOperator<StoredRule> change);

  /** Drops the rule of a prefix; what it was, empty where there was none. */
  Future<Optional<StoredRule>> remove(String prefix);
}
