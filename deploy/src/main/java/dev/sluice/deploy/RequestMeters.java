package dev.sluice.deploy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What clients ask, how long that takes, and what they get. The meters of one kind of answer are
 * looked up once; after that a request costs a few additions, and no object.
 */
final class RequestMeters {

  /** A warm answer takes less than the first of these, a large layer minutes. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  private static final int LEAST_STATUS = 100;
  private static final int STATUSES = 500;

  private final MeterRegistry registry;
  private final Map<String, ByOrigin> operations = new ConcurrentHashMap<>();

  /** The meters of one operation, each by what the answer took and its status. */
  private static final class ByOrigin {
    private final Map<String, AtomicReferenceArray<Answered>> origins = new ConcurrentHashMap<>();
  }

  private record Answered(Timer took, Counter bytes) {}

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
    // From the start, so that the first of a kind is an increase like any other.
    for (String operation : new String[] {"manifest", "blob"}) {
      for (String cache : new String[] {"hit", "miss", "coalesced", "stale"}) {
        meters(operation, 200, cache);
      }
    }
  }

  void ended(String operation, int status, String cache, long bytes, Duration took) {
    Answered meters = meters(operation, status, cache);
    meters.took.record(took);
    meters.bytes.increment((double) bytes);
  }

  private Answered meters(String operation, int status, String cache) {
    AtomicReferenceArray<Answered> byStatus =
        operations
            .computeIfAbsent(operation, _ -> new ByOrigin())
            .origins
            .computeIfAbsent(cache, _ -> new AtomicReferenceArray<>(STATUSES));
    int place = Math.clamp(status - LEAST_STATUS, 0, STATUSES - 1);
    Answered known = byStatus.getPlain(place);
    if (known != null) {
      return known;
    }
    byStatus.set(place, register(operation, status, cache));
    return byStatus.get(place);
  }

  /** The registry gives the same meters to those who register them twice. */
  private Answered register(String operation, int status, String cache) {
    String[] tags = {"operation", operation, "code", Integer.toString(status), "cache", cache};
    return new Answered(
        Timer.builder("sluice.request.duration")
            .description("Requests of clients, from their head to the end of the answer")
            .serviceLevelObjectives(BUCKETS)
            .tags(tags)
            .register(registry),
        Counter.builder("sluice.sent.bytes")
            .description("Bytes of bodies that were sent to clients")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry));
  }
}
