package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.RisingPurpose;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Work under way, by key; whoever asks for it again shares it. Work belongs to nobody's request,
 * and is as urgent as the most urgent of those who share it. Confined to one context, so it needs
 * no lock.
 */
final class Flights<K, V> {

  private final Map<K, Flight<V>> underWay = new HashMap<>();

  private record Flight<V>(RisingPurpose purpose, Future<V> result) {}

  /**
   * Somebody's part in a piece of work.
   *
   * @param joined whether it was under way already
   */
  record Part<V>(Future<V> result, boolean joined) {}

  /** Takes part in the work of a key that is for people only. */
  Part<V> join(K key, Supplier<Future<V>> start) {
    return join(key, Purpose.PULL, unchanging -> start.get());
  }

  /**
   * Takes part in the work of a key, which is started where it is not under way.
   *
   * @param start is given the purpose to ask with, which rises as others join
   */
  Part<V> join(K key, Purpose purpose, Function<Purpose, Future<V>> start) {
    Flight<V> running = underWay.get(key);
    // What ended a moment ago may have been a no that was meant for less urgent work only.
    if (running != null && !running.result.isComplete()) {
      running.purpose.raise(purpose);
      return new Part<>(running.result, true);
    }
    RisingPurpose rising = new RisingPurpose(purpose);
    Flight<V> started = new Flight<>(rising, start.apply(rising));
    underWay.put(key, started);
    started.result.onComplete(done -> underWay.remove(key, started));
    return new Part<>(started.result, false);
  }

  /** Whether any of these pieces of work is under way. */
  boolean isUnderWay(Predicate<K> which) {
    return underWay.keySet().stream().anyMatch(which);
  }
}
