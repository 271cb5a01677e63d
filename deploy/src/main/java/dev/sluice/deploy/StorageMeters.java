package dev.sluice.deploy;

import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.Scrub;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How blobs stand on this node's disk, as Prometheus reads it. */
final class StorageMeters {

  private final MeterRegistry registry;

  StorageMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(DiskBlobStore disk, Optional<Scrub> scrub) {
    bytes("limit", "What blobs may take on the disk", disk, store -> store.use().limit());
    bytes("used", "What blobs take on the disk", disk, store -> store.use().used());
    bytes("reserved", "What is kept free for fills", disk, store -> store.use().reserved());
    count("evicted", "Blobs that made room for others", disk, store -> store.use().evicted());
    count("damaged", "Blobs that were found wrong at rest", disk, DiskBlobStore::wrong);
    gauge(
        "refusing",
        "1 while nothing can be kept: the disk refuses writes or has no room",
        disk,
        store -> store.trouble().isPresent() ? 1 : 0);
    scrub.ifPresent(this::watch);
  }

  private void watch(Scrub scrub) {
    bytes(
        "scrub.checked",
        "What this round of the scrub has read",
        scrub,
        running -> running.progress().checkedBytes());
    gauge(
        "scrub.ratio",
        "How much of its round the scrub has read, 0 to 1",
        scrub,
        running -> running.progress().ratio());
    gauge(
        "scrub.completed.timestamp.seconds",
        "When the scrub last came through all blobs, in seconds since 1970; 0 for not yet",
        scrub,
        running ->
            running.progress().completed().map(at -> (double) at.getEpochSecond()).orElse(0.0));
  }

  private <T> void bytes(String name, String what, T of, ToDoubleFunction<T> value) {
    gauge(name + ".bytes", what, of, value);
  }

  private <T> void gauge(String name, String what, T of, ToDoubleFunction<T> value) {
    Gauge.builder("sluice.storage." + name, of, value)
        .description(what)
        // The registry would not keep it from being collected.
        .strongReference(true)
        .register(registry);
  }

  /** The store lives as long as the node. */
  private <T> void count(String name, String what, T of, ToDoubleFunction<T> value) {
    FunctionCounter.builder("sluice.storage." + name, of, value)
        .description(what)
        .register(registry);
  }
}
