package dev.sluice.fetcher.pull;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which names were said to have changed, in order; it may be passed on. */
public final class NamesChanged implements NameChanges {

  private final List<String> names = new CopyOnWriteArrayList<>();
  private volatile NameChanges next = NameChanges.NONE;

  /** Tells somebody else from now on, too. */
  public void tell(NameChanges other) {
    next = other;
  }

  /** The names so far, such as {@code up/app:latest}, {@code up/app@sha256:...}, {@code up/app}. */
  public List<String> names() {
    return names;
  }

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    names.add(repository + ":" + tag);
    next.tag(repository, tag);
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    digests.forEach(digest -> names.add(repository + "@" + digest));
    next.images(repository, digests);
  }

  @Override
  public void repository(RepositoryName repository) {
    names.add(repository.value());
    next.repository(repository);
  }
}
