package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What other nodes changed, so that the copy does not bring it back when the authority is gone. To
 * ask is to bring the copy in line; what cannot be asked for is dropped.
 */
final class Heard implements NameChanges {

  /** Repositories at a time, after changes that were not heard of. */
  private static final int ABREAST = 2;

  private final Copy copy;
  private final Questions questions;
  private final Changes changes;
  private final Metadata shared;

  /** At the start too: nothing was heard before. */
  private final AtomicBoolean missed = new AtomicBoolean(true);

  /**
   * Hears for a copy.
   *
   * @param shared asked for lists
   */
  Heard(Copy copy, Questions questions, Changes changes, Metadata shared) {
    this.copy = copy;
    this.questions = questions;
    this.changes = changes;
    this.shared = shared;
  }

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    refresh(new TagPlace(repository, tag));
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    changes.removed(repository, digests);
  }

  @Override
  public void repository(RepositoryName repository) {
    refresh(new RepositoryPlace(repository)).onSuccess(_ -> contents(repository));
  }

  @Override
  public void rules() {
    missed.set(true);
    shared.rules().all();
    shared.templates().all();
  }

  @Override
  public void everything() {
    missed.set(true);
  }

  private Future<?> refresh(Place<?> place) {
    return questions.refresh(place).onFailure(_ -> changes.drop(place));
  }

  private Future<?> contents(RepositoryName repository) {
    return Future.join(shared.catalog().images(repository), shared.tags().all(repository));
  }

  /** Asks for all that the copy has, where changes may not have been heard of. */
  void catchUp() {
    if (missed.compareAndSet(true, false)) {
      Future.join(shared.rules().all(), shared.templates().all())
          .compose(_ -> copy.list(metadata -> metadata.repositories().all()))
          .compose(all -> Abreast.each(all, ABREAST, this::catchUp))
          .onFailure(_ -> missed.set(true));
    }
  }

  private Future<?> catchUp(Repository repository) {
    return questions
        .refresh(new RepositoryPlace(repository.name()))
        .compose(_ -> contents(repository.name()));
  }
}
