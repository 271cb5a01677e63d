package dev.sluice.deploy.config;

import java.util.List;

/** What became of reading a configuration. */
public sealed interface Loaded {

  /** It can be run. */
  record Valid(Config config) implements Loaded {}

  /** It cannot; all its mistakes, at least one, in the order of the file. */
  record Invalid(List<Problem> problems) implements Loaded {
    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
