package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Repositories whose records can be damaged, or that cannot be asked at all. */
public final class BrittleRepositories implements Repositories {

  private final Repositories repositories;
  private volatile boolean garbled;
  private volatile boolean broken;

  BrittleRepositories(Repositories repositories) {
    this.repositories = repositories;
  }

  /** From now on no record can be read. */
  public void garble() {
    garbled = true;
  }

  /** From now on every question about one repository fails. */
  public void breakDown() {
    broken = true;
  }

  @Override
  public Future<Optional<Repository>> find(RepositoryName name) {
    if (broken) {
      return Future.failedFuture(new IOException("input/output error"));
    }
    return garbled ? Future.succeededFuture(Optional.empty()) : repositories.find(name);
  }

  @Override
  public Future<Boolean> exists(RepositoryName name) {
    return broken
        ? Future.failedFuture(new IOException("input/output error"))
        : repositories.exists(name);
  }

  @Override
  public Future<List<Repository>> all() {
    return repositories.all();
  }

  @Override
  public Future<Boolean> create(Repository repository) {
    return repositories.create(repository);
  }

  @Override
  public Future<Optional<Repository>> amend(RepositoryName name, UnaryOperator<Repository> change) {
    return repositories.amend(name, change);
  }

  @Override
  public Future<Optional<Repository>> remove(RepositoryName name) {
    return repositories.remove(name);
  }
}
