package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The creation templates that were made through the API. */
public interface CreationTemplates {

  /** Every template, in ASCII order of their prefixes. */
  Future<List<CreationTemplate>> all();

  /** Keeps a template; false where there is one of that prefix. */
  Future<Boolean> create(CreationTemplate template);

  /**
   * Changes a template, as one step.
   *
   * @param change of everything but the prefix; may be called again
   * @return what it is now; empty where there is none
   */
  Future<Optional<CreationTemplate>> amend(String prefix, UnaryOperator<CreationTemplate> change);

  /** Drops the template of a prefix; what it was, empty where there was none. */
  Future<Optional<CreationTemplate>> remove(String prefix);
}
