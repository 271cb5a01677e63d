package dev.sluice.deploy.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What pings have shown of each neighbour. One that never answered is not asked for anything: it
 * may be none of ours, whatever it says of itself. A member that does not answer any more is not
 * either, though the cluster may not have noticed yet, or may never; one that answers again is.
 * Used from any thread.
 */
final class Pulse {

  /** A machine that is short of processors may be late twice. */
  private static final int MISSES = 3;

  private final LongSupplier nanos;
  private final Map<String, Integer> missed = new ConcurrentHashMap<>();
  private final Map<String, Long> silentSince = new ConcurrentHashMap<>();
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private volatile BusWatch watch = BusWatch.NONE;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  Pulse(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** From now on tells this one as well how pings end. */
  void tell(BusWatch listener) {
    watch = listener;
  }

  /** A ping was answered in this time, whoever has answered. */
  void took(Duration time) {
    watch.answered(time);
  }

  /** It has answered. */
  void heard(String address, boolean isLeaving) {
    known.add(address);
    missed.remove(address);
    silentSince.remove(address);
    if (isLeaving) {
      leaving.add(address);
    } else {
      leaving.remove(address);
    }
  }

  /** It has not answered a ping. */
  void missed(String address) {
    watch.missed();
    if (missed.merge(address, 1, Integer::sum) >= MISSES) {
      silent(address);
    }
  }

  /** It has not answered a question, although it was asked again. */
  void silent(String address) {
    silentSince.putIfAbsent(address, nanos.getAsLong());
  }

  /** Whether it may be asked for anything. */
  boolean isWell(String address) {
    return known.contains(address)
        && !silentSince.containsKey(address)
        && !leaving.contains(address);
  }

  /** For how many nanoseconds it has been silent; 0 where it is not. */
  long silence(String address) {
    Long since = silentSince.get(address);
    return since == null ? 0 : Math.max(1, nanos.getAsLong() - since);
  }

  /** Forgets all but these. */
  void keep(Set<String> addresses) {
    missed.keySet().retainAll(addresses);
    silentSince.keySet().retainAll(addresses);
    leaving.retainAll(addresses);
    known.retainAll(addresses);
  }
}
