package dev.sluice.storage.growing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Continuation;
import dev.sluice.storage.FillOutcome.Failed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a fill asked for after its streams broke off, to be answered by the test. */
final class Breaks implements Continuation {

  private final BlockingQueue<Break> asked = new LinkedBlockingQueue<>();

  /** One break, and the promise of what comes after it. */
  record Break(long offset, Failed how, Promise<Next> next) {}

  @Override
  public Future<Next> after(long offset, Failed how) {
    Promise<Next> next = Promise.promise();
    asked.add(new Break(offset, how, next));
    return next.future();
  }

  /** The next break. */
  Break await() throws InterruptedException {
    Break next = asked.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  /** Whether a break waits to be looked at. */
  boolean isEmpty() {
    return asked.isEmpty();
  }
}
