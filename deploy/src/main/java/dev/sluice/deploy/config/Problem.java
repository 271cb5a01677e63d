package dev.sluice.deploy.config;

/**
 * One mistake in the configuration.
 *
 * @param key the key's path, such as {@code rules[1].checkInterval}; empty for the file as a whole
 * @param what what is wrong there
 * @param allowed what would be right; empty where {@code what} says it all
 */
public record Problem(Place place, String key, String what, String allowed) {

  /** The mistake in one line, for a terminal. */
  @Override
  public String toString() {
    return place
        + ": "
        + (key.isEmpty() ? "" : key + ": ")
        + what
        + (allowed.isEmpty() ? "" : "; allowed: " + allowed);
  }
}
