package dev.sluice.fetcher.fake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What happens to the requests of one kind, in turn: the first step until it is used up, then the
 * next; past the last the answers are right again.
 *
 * <p>Separate scripts add up: a request that two of them match gets both faults. Only requests that
 * have passed authorization count.
 */
public final class Script {
  private static final Fault NOTHING = (request, right) -> right.apply(request);

  private final Predicate<Request> matcher;
  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private volatile boolean holding;

  private record Step(AtomicLong left, Fault fault) {

    boolean take() {
      return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  Script(Predicate<Request> matcher) {
    this.matcher = matcher;
  }

  /** The next such request. */
  public Script once(Fault fault) {
    return times(1, fault);
  }

  /** The next so many such requests. */
  public Script times(int count, Fault fault) {
    steps.add(new Step(new AtomicLong(count), fault));
    return this;
  }

  /** Every such request from then on. */
  public Script always(Fault fault) {
    steps.add(new Step(new AtomicLong(Long.MAX_VALUE), fault));
    return this;
  }

  /** The next so many such requests are answered rightly. */
  public Script normally(int count) {
    return times(count, NOTHING);
  }

  /** From then on the first, third, fifth such request. */
  public Script everySecond(Fault fault) {
    AtomicLong seen = new AtomicLong();
    return always(
        (request, right) ->
            (seen.getAndIncrement() % 2 == 0 ? fault : NOTHING).answer(request, right));
  }

  /** From then on every answer is held before its status line, at the gate returned. */
  public Gate holdHeaders() {
    return holdAt(Stop.BEFORE_HEAD);
  }

  /** From then on every answer is held after so many bytes of its body, at the gate returned. */
  public Gate holdAt(long bytes) {
    Gate gate = new Gate();
    holding = true;
    always(TravelFaults.holdAt(bytes, gate));
    return gate;
  }

  /** Whether it has a gate; gates hold whatever the other scripts have made of an answer. */
  boolean isHolding() {
    return holding;
  }

  Reply answer(Request request, Function<Request, Reply> right) {
    if (!matcher.test(request)) {
      return right.apply(request);
    }
    for (Step step : steps) {
      if (step.take()) {
        return step.fault.answer(request, right);
      }
    }
    return right.apply(request);
  }
}
