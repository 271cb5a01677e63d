package dev.sluice.fetcher.upstream;

import dev.sluice.metadata.Rule;
import java.util.Map;
import java.util.Optional;

/**
 * A token that is needed.
 *
 * @param repository as the registry calls it
 * @param credential the name of the account's; empty for the anonymous one
 * @param challenge the parameters of the registry's bearer challenge
 */
public record TokenWish(
    Rule rule, String repository, Optional<String> credential, Map<String, String> challenge) {

  /** Copies the map. */
  public TokenWish {
    challenge = Map.copyOf(challenge);
  }
}
