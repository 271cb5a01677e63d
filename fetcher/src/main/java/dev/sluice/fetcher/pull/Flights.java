package dev.sluice.fetcher.pull;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Work under way, by key; whoever asks for it again shares it. Work belongs to nobody's request.
 * Confined to one context, so it needs no lock.
 */
final class Flights<K, V> {

  private final Map<K, Future<V>> underWay = new HashMap<>();

  /**
   * Somebody's part in a piece of work.
   *
   * @param joined whether it was under way already
   */
  record Part<V>(Future<V> result, boolean joined) {}

  /** Takes part in the work of a key, which is started where it is not under way. */
  Part<V> join(K key, Supplier<Future<V>> start) {
    Future<V> running = underWay.get(key);
    if (running != null) {
      return new Part<>(running, true);
    }
    Future<V> started = start.get();
    underWay.put(key, started);
    started.onComplete(done -> underWay.remove(key, started));
    return new Part<>(started, false);
  }

  /** Whether any of these pieces of work is under way. */
  boolean isUnderWay(Predicate<K> which) {
    return underWay.keySet().stream().anyMatch(which);
  }
}
