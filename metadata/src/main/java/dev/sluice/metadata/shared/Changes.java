package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.shared.Turns.Moment;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes both sides: the authority first, then this node's copy. */
final class Changes {

  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  private final Authority authority;
  private final Copy copy;
  private final Waiting waiting;
  private final Questions questions;

  Changes(Authority authority, Copy copy, Waiting waiting, Questions questions) {
    this.authority = authority;
    this.copy = copy;
    this.waiting = waiting;
    this.questions = questions;
  }

  /**
   * What a pull writes.
   *
   * @param change of either side
   * @param result what the copy is to know after the authority has made the change
   * @param replay of the change, where the authority is told later; may be made more than once
   */
  record Write<T>(
      Function<Metadata, Future<T>> change,
      Function<T, Function<Metadata, Future<?>>> result,
      Function<Metadata, Future<?>> replay) {

    /** The same change for either side, now or later. */
    static Write<Void> of(Function<Metadata, Future<Void>> change) {
      return of(change, change::apply);
    }

    /** The same change for either side, another one for later. */
    static Write<Void> of(
        Function<Metadata, Future<Void>> change, Function<Metadata, Future<?>> replay) {
      return new Write<>(change, _ -> change::apply, replay);
    }
  }

  /** Writes for a pull, which succeeds without the authority too: that is told later. */
  <T> Future<T> write(Place<?> place, Write<T> write) {
    return Home.bring(
        waiting.isAbout(place.subject()) ? writeHere(place, write) : writeThere(place, write));
  }

  private <T> Future<T> writeThere(Place<?> place, Write<T> write) {
    Moment before = copy.now();
    return authority
        .ask(write.change)
        .compose(
            made ->
                copied(
                    questions
                        .founded(place)
                        .compose(_ -> copy.changeSince(before, place, write.result.apply(made))),
                    made),
            failure ->
                Authority.isRefusal(failure)
                    ? Future.failedFuture(failure)
                    : writeHere(place, write));
  }

  /** What waits is known to wait before the copy shows it. */
  private <T> Future<T> writeHere(Place<?> place, Write<T> write) {
    waiting.add(place, write.replay);
    return copy.change(place, write.change);
  }

  /** Makes what a person asks for, or fails and leaves the copy as it was. */
  <T> Future<T> make(Function<Metadata, Future<T>> change, Function<T, Future<?>> copying) {
    return Home.bring(
        authority
            .askPatiently(change)
            .compose(
                made -> copied(copying.apply(made), made),
                failure -> Future.failedFuture(refused(failure))));
  }

  /** The authority made it; a copy that cannot be written is no reason to say otherwise. */
  private static <T> Future<T> copied(Future<?> copying, T made) {
    return copying
        .onFailure(broken -> LOG.warn("A change of shared metadata was not copied", broken))
        .transform((_, _) -> Future.succeededFuture(made));
  }

  private static Throwable refused(Throwable failure) {
    if (Authority.isRefusal(failure)) {
      return failure;
    }
    String known =
        isUncertain(failure) ? "it is not known whether it was changed" : "nothing was changed";
    return new IOException("the metadata of the cluster cannot be reached: " + known, failure);
  }

  /** Whether the authority may have been told before it could not be heard. */
  private static boolean isUncertain(Throwable failure) {
    return failure instanceof TimeoutException
        || failure instanceof VertxException
        || failure instanceof ClosedChannelException;
  }

  /** Makes the copy know a record. */
  <T> Future<?> put(Place<T> place, T record) {
    return copy.change(place, metadata -> place.put(metadata, record).mapEmpty());
  }

  /** Makes the copy know a record where there is one. */
  <T> Future<?> putIfAny(Place<T> place, Optional<T> record) {
    return record.<Future<?>>map(made -> put(place, made)).orElseGet(Future::succeededFuture);
  }

  /** Removes a record, and all within it, from the copy and from what waits. */
  Future<?> drop(Place<?> place) {
    waiting.discard(place::covers);
    return copy.change(place.life(), metadata -> place.drop(metadata).mapEmpty());
  }

  /** Removes images from the copy and from what waits. */
  Future<?> removed(RepositoryName repository, Set<Digest> images) {
    waiting.discard(
        place ->
            place instanceof ImagePlace(var in, var digest)
                && in.equals(repository)
                && images.contains(digest));
    return copy.change(repository, metadata -> metadata.catalog().remove(repository, images));
  }
}
