package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.List;

/** The rules that were made through the API; those of the configuration file are not kept here. */
public interface Rules {

  /** Every kept rule, in no order. */
  Future<List<Rule>> all();

  /** Keeps a rule, in place of one with the same prefix. */
  Future<Void> put(Rule rule);

  /** Drops the rule of a prefix; false where there was none. */
  Future<Boolean> remove(String prefix);
}
