package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import java.util.Optional;

/** Where a repository is, and all that it holds. */
record RepositoryPlace(RepositoryName name) implements Place<Repository> {

  @Override
  public RepositoryName subject() {
    return name;
  }

  @Override
  public Future<Optional<Repository>> in(Metadata metadata) {
    return metadata.repositories().find(name);
  }

  @Override
  public Future<Boolean> isIn(Metadata metadata) {
    return metadata.repositories().exists(name);
  }

  @Override
  public boolean covers(Place<?> other) {
    return other.subject().equals(name);
  }

  @Override
  public Object life() {
    return name;
  }

  @Override
  public Future<?> put(Metadata copy, Repository told) {
    return copy.repositories()
        .create(told)
        .compose(
            isNew ->
                isNew
                    ? Future.succeededFuture()
                    : copy.repositories().amend(name, _ -> told).mapEmpty());
  }

  @Override
  public Future<?> drop(Metadata copy) {
    return copy.repositories().remove(name);
  }
}
