package dev.sluice.deploy;

import dev.sluice.gateway.console.NodeFacts;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.disk.SpaceUse;
import java.util.Optional;
import java.util.function.Supplier;

/** How this node is, for its console. */
final class Condition {

  private final Stores stores;
  private volatile Supplier<Optional<String>> notReady = () -> Optional.of("it is starting");

  Condition(Stores stores) {
    this.stores = stores;
  }

  /** From now on this says why clients should not be sent here; empty where they may. */
  void judgeBy(Supplier<Optional<String>> why) {
    notReady = why;
  }

  /** At this moment. A disk that refuses is trouble, though clients may still be sent here. */
  NodeFacts now() {
    DiskBlobStore disk = stores.disk();
    SpaceUse use = disk.use();
    Optional<String> why = notReady.get();
    return new NodeFacts(
        why.isEmpty(),
        why.or(disk::trouble),
        new NodeFacts.Storage(
            use.used(),
            use.limit(),
            disk.trouble().isPresent(),
            use.evicted(),
            disk.wrong(),
            stores.scrub().map(scrub -> scrub.progress().ratio())));
  }
}
