package dev.sluice.fetcher.warmup;

import dev.sluice.fetcher.WarmUps;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The warm-ups that a node remembers, the oldest first. Confined to one context. */
public final class Kept {

  private final Map<String, Progress> byId = new LinkedHashMap<>();

  /** None as yet. */
  public Kept() {}

  /** Remembers one; of too many the oldest that has ended is forgotten. */
  public void add(Progress progress) {
    byId.put(progress.id(), progress);
    Iterator<Progress> oldest = byId.values().iterator();
    while (byId.size() > WarmUps.MOST_KEPT && oldest.hasNext()) {
      if (oldest.next().isOver()) {
        oldest.remove();
      }
    }
  }

  /** The one of this id. */
  public Optional<Progress> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All of them. */
  public Collection<Progress> all() {
    return byId.values();
  }

  /** Whether another may begin. */
  public boolean hasRoom() {
    return byId.values().stream().filter(one -> !one.isOver()).count() < WarmUps.MOST_RUNNING;
  }
}
