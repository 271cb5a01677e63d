package dev.sluice.fetcher.pull;

import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A tag index that can be sealed: then it is read as before, and no change can be made. */
public final class SealableTagIndex implements TagIndex {

  private final TagIndex tags;
  private volatile boolean sealed;

  SealableTagIndex(TagIndex tags) {
    this.tags = tags;
  }

  /** From now on no change can be made, as on a disk that is full. */
  public void seal() {
    sealed = true;
  }

  /** Changes can be made again. */
  public void unseal() {
    sealed = false;
  }

  @Override
  public Future<Optional<TagEntry>> find(RepositoryName repository, Tag tag) {
    return tags.find(repository, tag);
  }

  @Override
  public Future<Void> point(RepositoryName repository, Tag tag, TagEntry entry) {
    return change(() -> tags.point(repository, tag, entry));
  }

  @Override
  public Future<Void> confirm(RepositoryName repository, Tag tag, Instant checkedAt) {
    return change(() -> tags.confirm(repository, tag, checkedAt));
  }

  @Override
  public Future<Void> failed(RepositoryName repository, Tag tag, FailedCheck check) {
    return change(() -> tags.failed(repository, tag, check));
  }

  @Override
  public Future<Void> forget(RepositoryName repository, Tag tag) {
    return change(() -> tags.forget(repository, tag));
  }

  @Override
  public Future<Map<Tag, TagEntry>> all(RepositoryName repository) {
    return tags.all(repository);
  }

  @Override
  public Future<List<Tag>> tags(RepositoryName repository) {
    return tags.tags(repository);
  }

  private Future<Void> change(Supplier<Future<Void>> change) {
    return sealed ? Future.failedFuture(new IOException("no space left on device")) : change.get();
  }
}
