package dev.sluice.deploy.config;

/**
 * Where something was written: a line of the file, or an environment variable.
 *
 * @param source the file as it was named, or the variable's name
 * @param line counted from 1; 0 where there is none
 */
public record Place(String source, int line) {

  /** A place without a line. */
  static Place of(String source) {
    return new Place(source, 0);
  }

  @Override
  public String toString() {
    return line > 0 ? source + ':' + line : source;
  }
}
