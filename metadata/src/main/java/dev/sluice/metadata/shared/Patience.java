package dev.sluice.metadata.shared;

import java.time.Duration;

/**
 * How long the authority is waited for.
 *
 * @param question for an answer that a pull needs
 * @param change for a change that a person makes, and for what lists a whole registry
 * @param beat how often is asked, in the background, whether it is there and still the same
 */
record Patience(Duration question, Duration change, Duration beat) {

  static final Patience USUAL =
      new Patience(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(1));
}
