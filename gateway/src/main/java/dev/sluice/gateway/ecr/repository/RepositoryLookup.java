package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Finds the repository that an operation is about; where there is none, that is the answer. */
public record RepositoryLookup(Registry registry, Repositories repositories) {

  /** Answers from a repository as it is. */
  public EcrAnswer with(RepositoryName name, Function<Repository, EcrAnswer> answer) {
    return answer(name, repositories.find(name).await(), answer);
  }

  /** Changes a repository, and answers from what it is then. */
  public EcrAnswer changed(
      RepositoryName name,
      UnaryOperator<Repository> change,
      Function<Repository, EcrAnswer> answer) {
    return answer(name, repositories.amend(name, change).await(), answer);
  }

  private EcrAnswer answer(
      RepositoryName name, Optional<Repository> found, Function<Repository, EcrAnswer> answer) {
    return found.map(answer).orElseGet(() -> registry.repositoryNotFound(name));
  }
}
