package dev.sluice.metadata.shared;

import dev.sluice.metadata.NameChanges;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the authority still is the one that the copy is of. One that was emptied while this node
 * ran, or that is empty when it starts, gets everything back from the copy. One that is another
 * when this node starts, and holds something, knows better: the copy is dropped.
 */
final class Identity {

  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

  /** The longest pause before that is tried again which failed, in beats. */
  private static final int LONGEST_PAUSE = 60;

  private final Authority authority;
  private final Supplier<Future<String>> question;
  private final Mending mending;
  private final NameChanges changes;
  private Optional<String> known;
  private Optional<Future<Boolean>> asking = Optional.empty();
  private Optional<Mend> current = Optional.empty();
  private boolean wasSame;
  private int pause = 1;
  private int beatsLeft;

  private record Mend(String identity, boolean isDrop) {}

  /** What the identity is asked of, and by. */
  record Source(Authority authority, Supplier<Future<String>> question) {}

  /**
   * Knows what was remembered.
   *
   * @param known the identity of the authority that the copy is of; empty where that is not known
   * @param changes hears when the copy was dropped or everything was put back
   */
  Identity(Source source, Mending mending, NameChanges changes, Optional<String> known) {
    this.authority = source.authority;
    this.question = source.question;
    this.mending = mending;
    this.changes = changes;
    this.known = known;
  }

  /**
   * Asks once for all who ask at the same time. False where what the authority lacks got lost, and
   * is being put back. Fails where the authority does.
   */
  Future<Boolean> isSame() {
    Promise<Boolean> answer = Promise.promise();
    synchronized (this) {
      if (asking.isPresent()) {
        return asking.get();
      }
      asking = Optional.of(answer.future());
    }
    authority
        .probe(question)
        .compose(this::judge)
        .onComplete(
            (isSame, failure) -> {
              synchronized (this) {
                asking = Optional.empty();
              }
              answer.complete(isSame, failure);
            });
    return answer.future();
  }

  /** The same at every beat, at some of which is tried again what failed. */
  Future<Boolean> isStillSame() {
    synchronized (this) {
      if (current.isPresent() && beatsLeft > 0 && --beatsLeft == 0) {
        current = Optional.empty();
      }
    }
    return isSame();
  }

  private synchronized Future<Boolean> judge(String identity) {
    if (known.equals(Optional.of(identity))) {
      wasSame = true;
      return Future.succeededFuture(true);
    }
    if (current.isPresent()) {
      return Future.succeededFuture(current.get().isDrop);
    }
    return wasSame
        ? Future.succeededFuture(begin(new Mend(identity, false)))
        : mending.isEmpty().map(isEmpty -> begin(new Mend(identity, !isEmpty)));
  }

  private boolean begin(Mend mend) {
    synchronized (this) {
      current = Optional.of(mend);
    }
    LOG.info(
        "The metadata of the cluster is not what this node knew, if it knew any: {}",
        mend.isDrop ? "its own copy is dropped" : "what it knows is put there");
    (mend.isDrop ? mending.drop() : mending.restore())
        .onComplete((_, failure) -> end(mend, failure));
    return mend.isDrop;
  }

  private void end(Mend mend, Throwable failure) {
    if (failure != null) {
      LOG.warn("It could not be done, and is tried again: {}", failure.toString());
      tryAgainLater();
      return;
    }
    synchronized (this) {
      current = Optional.empty();
      known = Optional.of(mend.identity);
      wasSame = true;
      pause = 1;
    }
    mending
        .remember(mend.identity)
        .onFailure(full -> LOG.warn("The identity of the cluster was not kept", full));
    changes.everything();
  }

  /** Until then what the authority lacks is not taken for removed. */
  private synchronized void tryAgainLater() {
    beatsLeft = pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }
}
