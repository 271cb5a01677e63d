package dev.sluice.deploy.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of single value, such as a duration.
 *
 * @param noun what it is, with its article
 * @param allowed how it is written
 * @param reading from text to value; empty for a text that is not of this form
 */
record Form<T>(String noun, String allowed, Function<String, Optional<T>> reading) {

  Optional<T> read(String text) {
    return reading.apply(text);
  }
}
