package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.metadata.ClosedPrefixes;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import dev.sluice.metadata.redis.RedisChanges;
import dev.sluice.metadata.redis.RedisMetadata;
import dev.sluice.metadata.shared.SharedMetadata;
import dev.sluice.metadata.shared.Sides;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node knows of names: on its own in its data folder, or shared with other nodes through
 * Redis, with a copy in that folder for when Redis is gone.
 */
final class NodeMetadata implements AutoCloseable {

  private final Metadata metadata;
  private final Optional<Shared> shared;

  /** In the order of opening; closed in reverse. */
  private final List<AutoCloseable> opened;

  /** What there is beside the metadata where it is shared. */
  private record Shared(RedisChanges changes, SharedMetadata both, ClosedPrefixes closed) {}

  private NodeMetadata(Metadata metadata, Optional<Shared> shared, List<AutoCloseable> opened) {
    this.metadata = metadata;
    this.shared = shared;
    this.opened = opened;
  }

  /**
   * Opens it; a Redis that is not there is no obstacle.
   *
   * @param changed hears when what is known here may have changed, though nobody published it
   */
  static NodeMetadata open(
      Config config, Vertx vertx, Clock clock, NodeMetrics metrics, NameChanges changed)
      throws IOException {
    List<AutoCloseable> opened = new ArrayList<>();
    EmbeddedMetadata own = EmbeddedMetadata.open(config.data(), clock, metrics::undecodableRecord);
    opened.add(own);
    if (config.metadata().redis().isEmpty()) {
      return new NodeMetadata(own, Optional.empty(), opened);
    }
    var settings = config.metadata().redis().get();
    RedisMetadata redis = RedisMetadata.open(vertx, settings, metrics::undecodableRecord);
    opened.add(redis);
    RedisChanges changes = RedisChanges.open(vertx, settings);
    opened.add(changes);
    var sides = new Sides(redis::noting, redis::identity, own, config.data());
    SharedMetadata both = SharedMetadata.open(vertx, sides, changed, metrics.authority());
    opened.add(both);
    return new NodeMetadata(
        both, Optional.of(new Shared(changes, both, redis.closedPrefixes())), opened);
  }

  Metadata metadata() {
    return metadata;
  }

  /** Whether what is answered now is all that there is, and not what this node happens to know. */
  boolean isWhole() {
    return shared.map(with -> with.both.isShared()).orElse(true);
  }

  /** Tells other nodes what has changed here. */
  NameChanges published() {
    return shared.<NameChanges>map(Shared::changes).orElse(NameChanges.NONE);
  }

  /** Prefixes that any node has closed; empty on a node of its own. */
  Optional<ClosedPrefixes> closed() {
    return shared.map(Shared::closed);
  }

  /** Has this told what changes on other nodes, once the copy knows. */
  void hear(NameChanges heard) {
    shared.ifPresent(with -> with.changes.start(new Told(List.of(with.both.heard(), heard))));
  }

  @Override
  public void close() {
    for (AutoCloseable last : opened.reversed()) {
      try {
        last.close();
      } catch (Exception stuck) {
        throw new IllegalStateException("metadata cannot be closed", stuck);
      }
    }
  }
}
