package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata that all nodes share: asked within patience, and spared while it fails. Used from
 * any thread.
 *
 * <p>It is spared after some failures in a row, or after one question that it left unanswered: a
 * pull asks several, one after the other, and may wait in vain for one only. Nobody asks it then
 * but a probe, which follows at once and ends that where the question was merely a slow one.
 */
final class Authority {

  private static final Logger LOG = LoggerFactory.getLogger(Authority.class);

  private static final int FAILURES = 5;

  private final Function<Runnable, Metadata> metadata;
  private final Patience patience;
  private final AuthorityHealth health;
  private final Runnable probe;
  private int failures;
  private volatile boolean spared;
  private volatile boolean closed;

  /**
   * Lets questions through at first.
   *
   * @param probe is to probe soon: called when the authority is spared from then on
   */
  Authority(
      Function<Runnable, Metadata> metadata,
      Patience patience,
      AuthorityHealth health,
      Runnable probe) {
    this.metadata = metadata;
    this.patience = patience;
    this.health = health;
    this.probe = probe;
  }

  /** It was not asked, since it failed before. */
  static final class SparedException extends IOException {
    private static final long serialVersionUID = 1;

    SparedException() {
      super("the metadata of the cluster failed before, and is asked again soon");
    }

    /** Thrown for every question while the authority is away: where from tells nothing. */
    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  /** Asks what a pull waits for; fails soon where the authority does. */
  <T> Future<T> ask(Function<Metadata, Future<T>> question) {
    return ask(question, () -> {});
  }

  /** The same; tells before the answer where something could not be read, and was left out. */
  <T> Future<T> ask(Function<Metadata, Future<T>> question, Runnable unreadable) {
    return ask(() -> question.apply(metadata.apply(unreadable)), patience.question());
  }

  /** Asks what may take longer: a person's change, or a long list. */
  <T> Future<T> askPatiently(Function<Metadata, Future<T>> question) {
    return askPatiently(question, () -> {});
  }

  /** The same; tells before the answer where something could not be read, and was left out. */
  <T> Future<T> askPatiently(Function<Metadata, Future<T>> question, Runnable unreadable) {
    return ask(() -> question.apply(metadata.apply(unreadable)), patience.change());
  }

  private <T> Future<T> ask(Supplier<Future<T>> question, Duration deadline) {
    return spared
        ? Future.failedFuture(new SparedException())
        : within(deadline, question).onComplete(this::heed);
  }

  /** Asks though it may be spared; an answer ends that. */
  <T> Future<T> probe(Supplier<Future<T>> question) {
    return within(patience.question(), question)
        .onComplete(
            (answer, failure) -> {
              if (failure == null) {
                spareNoLonger();
              }
              heed(answer, failure);
            });
  }

  boolean isSpared() {
    return spared;
  }

  /** Whether it is the question that was wrong; such an answer is one. */
  static boolean isRefusal(Throwable failure) {
    return failure instanceof IllegalArgumentException;
  }

  /** Asks nothing from now on. */
  void close() {
    closed = true;
  }

  private <T> Future<T> within(Duration deadline, Supplier<Future<T>> question) {
    if (closed) {
      return Future.failedFuture(new IllegalStateException("metadata is closed"));
    }
    Future<T> answer;
    try {
      answer = question.get();
    } catch (RuntimeException broken) {
      answer = Future.failedFuture(broken);
    }
    return answer.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void heed(Object answer, Throwable failure) {
    if (failure == null || isRefusal(failure)) {
      answered();
      return;
    }
    if (closed) {
      return;
    }
    health.failed();
    if (isTooMuch(failure)) {
      LOG.warn(
          "The metadata of the cluster cannot be reached, what is known here is used", failure);
      health.spared(true);
      probe.run();
    }
  }

  private synchronized void answered() {
    failures = 0;
  }

  private synchronized boolean isTooMuch(Throwable failure) {
    failures++;
    if (spared || (failures < FAILURES && !(failure instanceof TimeoutException))) {
      return false;
    }
    spared = true;
    return true;
  }

  private void spareNoLonger() {
    synchronized (this) {
      if (!spared) {
        return;
      }
      spared = false;
      failures = 0;
    }
    LOG.info("The metadata of the cluster answers again");
    health.spared(false);
  }
}
