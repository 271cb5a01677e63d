package dev.sluice.deploy;

import dev.sluice.gateway.console.NodeFacts;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.disk.SpaceUse;
import java.util.List;
import java.util.Optional;

/** How this node is, for its console. */
final class Condition {

  private final Stores stores;
  private final Health health;

  Condition(Stores stores, Health health) {
    this.stores = stores;
    this.health = health;
  }

  /** At this moment. A disk that refuses is trouble, though clients may still be sent here. */
  NodeFacts now() {
    DiskBlobStore disk = stores.disk();
    SpaceUse use = disk.use();
    List<Health.Check> checks = health.checks();
    Optional<String> trouble =
        checks.stream()
            .filter(check -> !check.ok())
            .map(check -> check.name() + ": " + check.detail())
            .findFirst();
    return new NodeFacts(
        Health.isReady(checks),
        trouble,
        new NodeFacts.Storage(
            use.used(),
            use.limit(),
            disk.trouble().isPresent(),
            use.evicted(),
            disk.wrong(),
            stores.scrub().map(scrub -> scrub.progress().ratio())));
  }
}
