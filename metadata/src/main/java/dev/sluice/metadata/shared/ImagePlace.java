package dev.sluice.metadata.shared;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/** Where an image is. */
record ImagePlace(RepositoryName repository, Digest digest) implements Place<ImageRecord> {

  @Override
  public RepositoryName subject() {
    return repository;
  }

  @Override
  public Future<Optional<ImageRecord>> in(Metadata metadata) {
    return metadata.catalog().image(repository, digest);
  }

  @Override
  public Optional<Place<?>> within() {
    return Optional.of(new RepositoryPlace(repository));
  }

  /** The digest says what an image is; each side has its own time of storing. */
  @Override
  public boolean isNews(ImageRecord told, ImageRecord known) {
    return told.pulledAt().isPresent() && !told.pulledAt().equals(known.pulledAt());
  }

  /** Does nothing where the copy lacks the repository, which is not to be made up. */
  @Override
  public Future<?> put(Metadata copy, ImageRecord told) {
    return copy.repositories()
        .find(repository)
        .compose(
            known ->
                known
                    .map(asKnown -> copy.catalog().keep(asKnown, told))
                    .orElseGet(Future::succeededFuture))
        .compose(
            _ ->
                told.pulledAt()
                    .map(at -> copy.catalog().pulled(repository, digest, at))
                    .orElseGet(Future::succeededFuture));
  }

  @Override
  public Future<?> drop(Metadata copy) {
    return copy.catalog().remove(repository, Set.of(digest));
  }
}
