package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.shared.Turns.Moment;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks the authority, and this node's copy where the authority fails. What the authority answers is
 * copied.
 *
 * <p>The copy is asked before the authority is: what it had then and the authority lacks was
 * removed there, or everything was; but for what cannot be read there, which the copy goes on to
 * answer.
 */
final class Questions {

  /** How many records that may be gone are looked for at a time. */
  private static final int ABREAST = 4;

  private final Authority authority;
  private final Copy copy;
  private final Waiting waiting;
  private final Identity identity;

  Questions(Authority authority, Copy copy, Waiting waiting, Identity identity) {
    this.authority = authority;
    this.copy = copy;
    this.waiting = waiting;
    this.identity = identity;
  }

  /** The record of a place. */
  <T> Future<Optional<T>> find(Place<T> place) {
    return ask(Question.of(place));
  }

  /** The answer, on the context of whoever asks. */
  <T, L> Future<L> ask(Question<T, L> question) {
    return Home.bring(
        waiting.isAbout(question.subject()) ? whileWaiting(question) : compared(question));
  }

  /** The answer without a look at what may be lost. */
  <L> Future<L> either(Function<Metadata, Future<L>> question) {
    return Home.bring(
        authority.ask(question).recover(failure -> instead(failure, () -> copy.list(question))));
  }

  /** The copy's answer alone. */
  <L> Future<L> known(Function<Metadata, Future<L>> question) {
    return Home.bring(copy.list(question));
  }

  /** Brings what the copy has in line with the authority; fails where that does. */
  Future<?> refresh(Place<?> place) {
    return copy.ask(place::isIn)
        .compose(
            isIn ->
                isIn
                    ? authority.ask(place::isIn).compose(_ -> find(place))
                    : Future.succeededFuture());
  }

  /** The same for a whole question. */
  <T, L> Future<?> refresh(Question<T, L> question) {
    Moment before = copy.now();
    return question.ask(copy).compose(known -> weighed(before, question, known));
  }

  private <T, L> Future<L> whileWaiting(Question<T, L> question) {
    return question
        .ask(copy)
        .compose(
            known ->
                question.isEmpty(known) ? either(question.asked()) : Future.succeededFuture(known));
  }

  private <T, L> Future<L> compared(Question<T, L> question) {
    Moment before = copy.now();
    return question
        .ask(copy)
        .transform(
            (known, unknowable) ->
                (unknowable == null
                        ? weighed(before, question, known)
                        : question.ask(authority, () -> {}))
                    .recover(failure -> instead(failure, () -> question.ask(copy))));
  }

  private static <L> Future<L> instead(Throwable failure, Supplier<Future<L>> known) {
    return Authority.isRefusal(failure) ? Future.failedFuture(failure) : known.get();
  }

  private <T, L> Future<L> weighed(Moment before, Question<T, L> question, L known) {
    AtomicBoolean isUnreadable = new AtomicBoolean();
    return question
        .ask(authority, () -> isUnreadable.set(true))
        .compose(
            told -> {
              learn(before, question.records().apply(known), question.records().apply(told));
              Set<Place<T>> lost = question.lost(known, told).keySet();
              if (lost.isEmpty()) {
                return Future.succeededFuture(told);
              }
              return isUnreadable.get()
                  ? Future.succeededFuture(known)
                  : removedOrLost(before, lost).map(isRemoved -> isRemoved ? told : known);
            });
  }

  /** Whether the authority was told to forget these; then the copy forgets them too. */
  private <T> Future<Boolean> removedOrLost(Moment before, Set<Place<T>> lost) {
    return identity
        .isSame()
        .otherwise(false)
        .onSuccess(
            isSame -> {
              if (isSame) {
                Abreast.each(lost, ABREAST, place -> unlearn(before, place));
              }
            });
  }

  private <T> void learn(Moment before, Map<Place<T>, T> known, Map<Place<T>, T> told) {
    told.forEach(
        (place, record) -> {
          T earlier = known.get(place);
          if (earlier == null || place.isNews(record, earlier)) {
            founded(place).onComplete((_, _) -> copy.learn(before, place, record));
          }
        });
  }

  /** Makes the copy know first what a record cannot be without. */
  Future<?> founded(Place<?> place) {
    return place.within().<Future<?>>map(this::foundedBy).orElseGet(Future::succeededFuture);
  }

  private <T> Future<Void> foundedBy(Place<T> outer) {
    Moment before = copy.now();
    return copy.ask(outer::isIn)
        .compose(
            isIn -> isIn ? Future.succeededFuture(Optional.<T>empty()) : authority.ask(outer::in))
        .compose(
            found ->
                found
                    .map(it -> copy.changeSince(before, outer, to -> outer.put(to, it)))
                    .orElseGet(Future::succeededFuture));
  }

  /**
   * Makes the copy forget a record, unless the authority has one that cannot be read, or has lost
   * everything since.
   */
  private Future<Void> unlearn(Moment before, Place<?> place) {
    AtomicBoolean isUnreadable = new AtomicBoolean();
    return authority
        .ask(place::isIn, () -> isUnreadable.set(true))
        .compose(
            isIn -> isIn || isUnreadable.get() ? Future.succeededFuture(false) : identity.isSame())
        .onSuccess(
            isGone -> {
              if (isGone && !waiting.isAbout(place.subject())) {
                copy.unlearn(before, place);
              }
            })
        .mapEmpty();
  }
}
