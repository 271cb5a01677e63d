package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.shared.Question.Extent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The repositories of a cluster. */
final class SharedRepositories implements Repositories {

  private final Questions questions;
  private final Changes changes;

  SharedRepositories(Questions questions, Changes changes) {
    this.questions = questions;
    this.changes = changes;
  }

  @Override
  public Future<Optional<Repository>> find(RepositoryName name) {
    return questions.find(new RepositoryPlace(name));
  }

  @Override
  public Future<Boolean> exists(RepositoryName name) {
    return questions
        .either(new RepositoryPlace(name)::isIn)
        .compose(
            exists -> exists ? Future.succeededFuture(true) : find(name).map(Optional::isPresent));
  }

  @Override
  public Future<List<Repository>> all() {
    Function<Metadata, Future<List<Repository>>> all = metadata -> metadata.repositories().all();
    return questions.ask(
        new Question<>(
            Extent.REGISTRY,
            Extent.REGISTRY,
            all,
            each -> Place.all(each, repository -> new RepositoryPlace(repository.name()))));
  }

  @Override
  public Future<Boolean> create(Repository repository) {
    return changes.make(
        metadata -> metadata.repositories().create(repository),
        isNew ->
            isNew
                ? changes.put(new RepositoryPlace(repository.name()), repository)
                : Future.succeededFuture());
  }

  @Override
  public Future<Optional<Repository>> amend(RepositoryName name, UnaryOperator<Repository> change) {
    return changes.make(
        metadata -> metadata.repositories().amend(name, change),
        amended -> changes.putIfAny(new RepositoryPlace(name), amended));
  }

  @Override
  public Future<Optional<Repository>> remove(RepositoryName name) {
    return changes.make(
        metadata -> metadata.repositories().remove(name),
        _ -> changes.drop(new RepositoryPlace(name)));
  }
}
