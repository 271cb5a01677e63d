package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.shared.Turns.Moment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's own copy, and the order in which changes reach it: one after the other on a virtual
 * thread; what is only copied from answers of the authority comes last, and never holds up a
 * request.
 */
final class Copy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Copy.class);

  /** Of more answers that are to be copied, some are not: the next ones make up for that. */
  private static final int MOST_LESSONS = 10_000;

  private final Metadata metadata;
  private final Turns turns = new Turns();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger lessons = new AtomicInteger();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new PriorityBlockingQueue<>(),
          Thread.ofVirtual().name("metadata-copy").factory());

  Copy(Metadata metadata) {
    this.metadata = metadata;
  }

  private record Step(boolean isUrgent, long number, Runnable body)
      implements Runnable, Comparable<Step> {

    @Override
    public int compareTo(Step other) {
      return isUrgent == other.isUrgent
          ? Long.compare(number, other.number)
          : Boolean.compare(other.isUrgent, isUrgent);
    }

    @Override
    public void run() {
      body.run();
    }
  }

  /** This moment; to be taken before the authority is asked what may be copied. */
  Moment now() {
    return turns.now();
  }

  /** Asks what takes microseconds, at once. */
  <T> Future<T> ask(Function<Metadata, Future<T>> question) {
    return thread.isShutdown()
        ? Future.failedFuture(new IllegalStateException("metadata is closed"))
        : attempt(question);
  }

  /** Asks for a list, which may take long, on a thread of its own. */
  <T> Future<T> list(Function<Metadata, Future<T>> question) {
    Promise<T> answer = Promise.promise();
    Thread.ofVirtual().name("metadata-copy-list").start(() -> ask(question).onComplete(answer));
    return answer.future();
  }

  /** Makes a change. */
  <T> Future<T> change(Object about, Function<Metadata, Future<T>> change) {
    return inTurn(true, () -> make(about, change));
  }

  /** Makes a change unless its record was dropped since. */
  Future<Void> changeSince(Moment asked, Place<?> place, Function<Metadata, Future<?>> change) {
    return inTurn(
        true,
        () ->
            asked.isWithinLifeOf(place)
                ? make(place, copy -> change.apply(copy).mapEmpty())
                : Future.succeededFuture());
  }

  /** Takes over what the authority answered, in a while, unless that is overtaken. */
  <T> void learn(Moment asked, Place<T> place, T told) {
    later(asked, place, () -> make(place, copy -> place.put(copy, told).mapEmpty()));
  }

  /** Forgets what the authority has no longer, in a while, unless that is overtaken. */
  void unlearn(Moment asked, Place<?> place) {
    later(asked, place, () -> make(place.life(), copy -> place.drop(copy).mapEmpty()));
  }

  private void later(Moment asked, Place<?> place, Supplier<Future<Void>> lesson) {
    if (lessons.incrementAndGet() > MOST_LESSONS) {
      lessons.decrementAndGet();
      return;
    }
    this.<Void>inTurn(
            false,
            () -> {
              lessons.decrementAndGet();
              return asked.isLastOf(place) && asked.isWithinLifeOf(place)
                  ? lesson.get()
                  : Future.succeededFuture();
            })
        .onFailure(broken -> LOG.debug("{} was not copied", place, broken));
  }

  private <T> Future<T> make(Object about, Function<Metadata, Future<T>> change) {
    turns.next(about);
    return change.apply(metadata);
  }

  private <T> Future<T> inTurn(boolean isUrgent, Supplier<Future<T>> body) {
    Promise<T> done = Promise.promise();
    try {
      thread.execute(
          new Step(
              isUrgent,
              numbers.incrementAndGet(),
              () -> attempt(_ -> body.get()).onComplete(done)));
    } catch (RejectedExecutionException closed) {
      done.fail(new IllegalStateException("metadata is closed", closed));
    }
    return done.future();
  }

  private <T> Future<T> attempt(Function<Metadata, Future<T>> body) {
    try {
      return body.apply(metadata);
    } catch (RuntimeException broken) {
      return Future.failedFuture(broken);
    }
  }

  /** Makes no other change, but those that it was asked for. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("Some changes were not copied in time");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
