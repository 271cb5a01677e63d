package dev.sluice.gateway.access;

import dev.sluice.metadata.RepositoryName;

/**
 * What the rules in force leave to those who do not show who they are, where anybody may come in
 * like that. Asked for every request, on event loops.
 */
public interface OpenRepositories {

  /** Everything. */
  OpenRepositories ALL =
      new OpenRepositories() {
        @Override
        public boolean includes(RepositoryName repository) {
          return true;
        }

        @Override
        public boolean isEverything() {
          return true;
        }
      };

  /** Whether a repository is open, be it there or not. */
  boolean includes(RepositoryName repository);

  /** Whether no repository is closed. */
  boolean isEverything();
}
