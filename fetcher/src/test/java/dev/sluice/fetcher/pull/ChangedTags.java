package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.TagChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which tags were said to have changed, in order; it may be passed on. */
public final class ChangedTags implements TagChanges {

  private final List<String> names = new CopyOnWriteArrayList<>();
  private volatile TagChanges next = TagChanges.NONE;

  /** Tells somebody else from now on, too. */
  public void tell(TagChanges other) {
    next = other;
  }

  /** The tags so far, such as {@code up/app:latest}. */
  public List<String> names() {
    return names;
  }

  @Override
  public void changed(RepositoryName repository, Tag tag) {
    names.add(repository + ":" + tag);
    next.changed(repository, tag);
  }
}
