package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The writes of pulls that the authority has yet to be told of, in their order. Of too many the
 * oldest are dropped: this node's copy still has them, and upstream too. Used from any thread.
 */
final class Waiting {

  static final int MOST = 10_000;

  /** How often the authority may fail one write before the others go first. */
  private static final int TRIES = 5;

  private final Authority authority;
  private final AuthorityHealth health;
  private final Deque<Write> writes = new ArrayDeque<>();
  private final Map<Object, Integer> subjects = new HashMap<>();
  private boolean replaying;

  Waiting(Authority authority, AuthorityHealth health) {
    this.authority = authority;
    this.health = health;
  }

  private static final class Write {
    private final Place<?> place;
    private final Function<Metadata, Future<?>> replay;
    private int tries;

    Write(Place<?> place, Function<Metadata, Future<?>> replay) {
      this.place = place;
      this.replay = replay;
    }
  }

  /** Whether something about this subject waits: then the copy knows better than the authority. */
  synchronized boolean isAbout(Object subject) {
    return subjects.containsKey(subject);
  }

  /**
   * Lets a write wait.
   *
   * @param replay as it is to be made later; may be made more than once
   */
  void add(Place<?> place, Function<Metadata, Future<?>> replay) {
    synchronized (this) {
      writes.addLast(new Write(place, replay));
      subjects.merge(place.subject(), 1, Integer::sum);
      if (writes.size() > MOST) {
        remove(writes.getFirst());
        health.dropped();
      }
      health.waiting(writes.size());
    }
  }

  /** Forgets the writes about places whose records were removed meanwhile. */
  synchronized void discard(Predicate<Place<?>> isGone) {
    writes.stream().filter(write -> isGone.test(write.place)).toList().forEach(this::remove);
    health.waiting(writes.size());
  }

  /** Tells the authority, one write after the other, until one fails or none is left. */
  Future<Void> replay() {
    synchronized (this) {
      if (replaying) {
        return Future.succeededFuture();
      }
      replaying = true;
    }
    Promise<Void> done = Promise.promise();
    goOn(done);
    return done.future();
  }

  private void goOn(Promise<Void> done) {
    while (true) {
      Optional<Write> next = first();
      if (next.isEmpty()) {
        done.complete();
        return;
      }
      Future<?> told = authority.ask(metadata -> next.get().replay.apply(metadata).mapEmpty());
      if (!told.isComplete()) {
        told.onComplete(
            (_, failure) -> {
              if (settle(next.get(), failure)) {
                goOn(done);
              } else {
                done.complete();
              }
            });
        return;
      }
      if (!settle(next.get(), told.cause())) {
        done.complete();
        return;
      }
    }
  }

  private synchronized Optional<Write> first() {
    Optional<Write> first = Optional.ofNullable(writes.peekFirst());
    replaying = first.isPresent();
    return first;
  }

  /** Whether the next write may follow. */
  private synchronized boolean settle(Write write, Throwable failure) {
    boolean isTold = failure == null || Authority.isRefusal(failure);
    if (!isTold && !authority.isSpared()) {
      write.tries++;
    }
    if (isTold || write.tries >= TRIES) {
      if (!isTold) {
        health.dropped();
      }
      remove(write);
      health.waiting(writes.size());
    }
    replaying = isTold;
    return isTold;
  }

  private void remove(Write write) {
    if (writes.remove(write)) {
      subjects.computeIfPresent(write.place.subject(), (_, count) -> count == 1 ? null : count - 1);
    }
  }
}
