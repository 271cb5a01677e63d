package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.Set;

/**
 * Prefixes of names that stay closed to people who do not log in, whatever becomes of the rules
 * that closed them: what was pulled with a credential is still here. They only become more.
 */
public interface ClosedPrefixes {

  /** Every closed prefix; fails where that cannot be read, since nothing would mean open. */
  Future<Set<String>> all();

  /** Closes prefixes: {@code ROOT} or what repository names may be; others fail the future. */
  Future<Void> add(Set<String> prefixes);
}
