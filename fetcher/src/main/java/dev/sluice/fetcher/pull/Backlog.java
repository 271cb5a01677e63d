package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.peers.Owners;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manifests whose content is wanted though no client asked for it: a lane for each rule, so that an
 * upstream that is slow holds up none but its own. Bounded: what does not fit is found again when
 * its index is next looked at. Confined to one context.
 */
final class Backlog {

  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private static final int MOST = 10_000;

  /** How many manifests of one rule are worked on at once: few, people's pulls come first. */
  private static final int WORKERS = 2;

  private final Map<Rule, Lane> lanes = new HashMap<>();
  private final Set<Wanted> known = new HashSet<>();
  private final Tasks tasks;
  private final Owners owners;
  private Consumer<Wanted> work = unused -> {};

  private static final class Lane {
    final Queue<Wanted> waiting = new ArrayDeque<>();
    int workers;
  }

  /**
   * A manifest of which everything is wanted.
   *
   * @param era of the repository when it was wanted; see {@link Eras}
   */
  record Wanted(Rule rule, RepositoryName repository, Digest digest, long era) {

    /** The same of another manifest, which this one lists. */
    Wanted child(Digest other) {
      return new Wanted(rule, repository, other, era);
    }
  }

  Backlog(Tasks tasks, Owners owners) {
    this.tasks = tasks;
    this.owners = owners;
  }

  /** Sets what is done with each manifest. */
  void workOffBy(Consumer<Wanted> how) {
    work = how;
  }

  /** The same of one that is here already: its owner sees to it, lest every node does. */
  void addOurs(Rule rule, RepositoryName repository, Descriptor manifest, long era) {
    if (owners.isOurs(manifest.digest().toString())) {
      add(rule, repository, manifest, era);
    }
  }

  /** Wants the children of a manifest that was fetched, if it is an index. */
  void add(Rule rule, RepositoryName repository, Descriptor manifest, long era) {
    boolean index = ImageRecord.INDEX_TYPES.contains(manifest.mediaType());
    if (index && !(rule.policies().platforms() instanceof Platforms.Requested)) {
      add(new Wanted(rule, repository, manifest.digest(), era));
    }
  }

  /** Wants a manifest, unless it is wanted already. */
  void add(Wanted wanted) {
    if (known.size() >= MOST || !known.add(wanted)) {
      return;
    }
    Lane lane = lanes.computeIfAbsent(wanted.rule, first -> new Lane());
    lane.waiting.add(wanted);
    if (lane.workers < WORKERS) {
      begin(wanted.rule, lane);
    }
  }

  private void begin(Rule rule, Lane lane) {
    lane.workers++;
    Journey.aside(() -> tasks.run(() -> workOff(rule, lane)))
        .onFailure(failure -> LOG.error("completion for {} broke off", rule.prefix(), failure));
  }

  private Void workOff(Rule rule, Lane lane) {
    try {
      for (Wanted next = lane.waiting.poll(); next != null; next = lane.waiting.poll()) {
        workOff(next);
      }
    } finally {
      lane.workers--;
      if (!lane.waiting.isEmpty()) {
        // Something was thrown; that is no reason to forget the others.
        begin(rule, lane);
      } else if (lane.workers == 0) {
        lanes.remove(rule);
      }
    }
    return null;
  }

  private void workOff(Wanted wanted) {
    try {
      work.accept(wanted);
    } finally {
      known.remove(wanted);
    }
  }
}
