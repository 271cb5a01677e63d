package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A catalog that can be sealed: then it is read as before; of which parts can be damaged; and that
 * can be held at its long work.
 */
public final class BrittleCatalog implements Catalog {

  private final Catalog catalog;
  private final Set<Digest> damaged = ConcurrentHashMap.newKeySet();
  private volatile boolean sealed;
  private volatile Hold looks = Hold.OPEN;
  private volatile Hold removals = Hold.OPEN;

  BrittleCatalog(Catalog catalog) {
    this.catalog = catalog;
  }

  /** From now on no change can be made, as on a disk that is full. */
  public void seal() {
    sealed = true;
  }

  /** Changes can be made again. */
  public void unseal() {
    sealed = false;
  }

  /** From now on nothing that is known of this digest can be read. */
  public void damage(Digest digest) {
    damaged.add(digest);
  }

  /** From now on a look at all images of a repository occupies the thread of whoever asks. */
  public Hold holdLooks() {
    looks = new Hold();
    return looks;
  }

  /** From now on the removal of images occupies the thread of whoever asks for it. */
  public Hold holdRemovals() {
    removals = new Hold();
    return removals;
  }

  @Override
  public Future<Optional<ImageRecord>> image(RepositoryName repository, Digest digest) {
    return read(digest, () -> catalog.image(repository, digest));
  }

  @Override
  public Future<List<ImageRecord>> images(RepositoryName repository) {
    looks.pass();
    return catalog.images(repository);
  }

  @Override
  public Future<Void> keep(Repository asNew, ImageRecord image) {
    return change(() -> catalog.keep(asNew, image));
  }

  @Override
  public Future<Void> pulled(RepositoryName repository, Digest digest, Instant at) {
    return change(() -> catalog.pulled(repository, digest, at));
  }

  @Override
  public Future<Set<Digest>> remove(RepositoryName repository, Selection which) {
    removals.pass();
    return change(() -> catalog.remove(repository, which));
  }

  @Override
  public Future<Optional<Member>> member(RepositoryName repository, Digest digest) {
    return read(digest, () -> catalog.member(repository, digest));
  }

  @Override
  public Future<Void> admit(RepositoryName repository, Member member) {
    return change(() -> catalog.admit(repository, member));
  }

  @Override
  public Future<Void> expel(RepositoryName repository, Digest digest) {
    return change(() -> catalog.expel(repository, digest));
  }

  private <T> Future<T> read(Digest digest, Supplier<Future<T>> read) {
    return damaged.contains(digest)
        ? Future.failedFuture(new IOException("input/output error"))
        : read.get();
  }

  private <T> Future<T> change(Supplier<Future<T>> change) {
    return sealed ? Future.failedFuture(new IOException("no space left on device")) : change.get();
  }
}
