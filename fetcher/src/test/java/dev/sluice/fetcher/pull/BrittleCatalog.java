package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A catalog that can be sealed: then it is read as before; and of which parts can be damaged. */
public final class BrittleCatalog implements Catalog {

  private final Catalog catalog;
  private final Set<Digest> damaged = ConcurrentHashMap.newKeySet();
  private volatile boolean sealed;

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

  @Override
  public Future<Optional<ImageRecord>> image(RepositoryName repository, Digest digest) {
    return read(digest, () -> catalog.image(repository, digest));
  }

  @Override
  public Future<Void> keep(RepositoryName repository, ImageRecord image) {
    return change(() -> catalog.keep(repository, image));
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
  public Future<List<RepositoryName>> repositories() {
    return catalog.repositories();
  }

  private <T> Future<T> read(Digest digest, Supplier<Future<T>> read) {
    return damaged.contains(digest)
        ? Future.failedFuture(new IOException("input/output error"))
        : read.get();
  }

  private Future<Void> change(Supplier<Future<Void>> change) {
    return sealed ? Future.failedFuture(new IOException("no space left on device")) : change.get();
  }
}
