package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUp.State;
import dev.sluice.fetcher.WarmUpAnswer;
import dev.sluice.fetcher.WarmUpRequest;
import dev.sluice.fetcher.WarmUps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What tests ask of a node's warm-ups, and how they wait for them. */
public record Warming(WarmUps warmUps) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Begins one for these platforms, which must be taken; its id. */
  public String begin(List<String> platforms, String... images) {
    return begun(
        new WarmUpRequest(List.of(images), Optional.empty(), List.of(), List.of(), platforms));
  }

  /** Begins one, which must be taken; its id. */
  public String begun(WarmUpRequest request) {
    WarmUpAnswer answer = ask(request);
    if (answer instanceof WarmUpAnswer.Begun(var warmUp)) {
      return warmUp.id();
    }
    throw new AssertionError(answer);
  }

  /** Asks for one, which may be refused. */
  public WarmUpAnswer ask(WarmUpRequest request) {
    return await(warmUps.begin(request));
  }

  /** How one stands now. */
  public WarmUp now(String id) {
    return await(warmUps.find(id)).orElseThrow();
  }

  /** Ends one. */
  public WarmUp cancel(String id) {
    return await(warmUps.cancel(id)).orElseThrow();
  }

  /** Waits for the end of one that begins now, for all platforms. */
  public WarmUp warm(String... images) {
    return ended(begin(List.of("all"), images));
  }

  /** Waits for the end of one. */
  public WarmUp ended(String id) {
    return until(id, warmUp -> warmUp.state() != State.RUNNING);
  }

  /** The same, while time passes. */
  public WarmUp ended(String id, SettableClock clock) {
    return until(
        id,
        warmUp -> {
          clock.advance(Duration.ofSeconds(1));
          return warmUp.state() != State.RUNNING;
        });
  }

  /** Waits until one stands like this. */
  public WarmUp until(String id, Predicate<WarmUp> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    WarmUp now = now(id);
    while (!condition.test(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it still stands like this: " + now);
      }
      LockSupport.parkNanos(5_000_000);
      now = now(id);
    }
    return now;
  }
}
