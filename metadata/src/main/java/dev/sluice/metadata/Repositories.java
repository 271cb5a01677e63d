package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The repositories that were made, by a first pull or through the API. */
public interface Repositories {

  /** A repository; empty where there is none, or its record cannot be read. */
  Future<Optional<Repository>> find(RepositoryName name);

  /** Whether there is a repository of this name, though its record may not be readable. */
  Future<Boolean> exists(RepositoryName name);

  /** Every repository that can be read, in ASCII order of their names. */
  Future<List<Repository>> all();

  /**
   * Makes a repository, also in the place of one whose record cannot be read; false where there is
   * one of that name.
   */
  Future<Boolean> create(Repository repository);

  /**
   * Changes a repository, as one step whoever else does so at the same time.
   *
   * @param change of everything but the name; may be called again
   * @return what it is now; empty where there is none
   */
  Future<Optional<Repository>> amend(RepositoryName name, UnaryOperator<Repository> change);

  /**
   * Drops a repository with its images, tags and members, in one step.
   *
   * @return what it was; empty where there was none
   */
  Future<Optional<Repository>> remove(RepositoryName name);
}
