package dev.sluice.deploy.config;

import java.util.List;

/** What became of reading the part {@code access} of a configuration alone. */
public sealed interface LoadedAccess {

  /** It can be used; what stands in the files it names was not looked at. */
  record Valid(Access access) implements LoadedAccess {}

  /** It cannot; all its mistakes, at least one. */
  record Invalid(List<Problem> problems) implements LoadedAccess {
    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
