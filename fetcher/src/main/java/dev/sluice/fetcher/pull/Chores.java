package dev.sluice.fetcher.pull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does by the clock, though nobody asks. */
final class Chores {

  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  /** How soon after the start images are first expired. */
  private static final Duration FIRST_EXPIRY = Duration.ofMinutes(1);

  private static final Duration EXPIRY = Duration.ofHours(1);

  /** Deletions come in numbers; one look serves all of a moment. */
  private static final Duration AFTER_DELETION = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Tasks tasks;
  private final LifecycleExpiry expiry;
  private final Sweep sweep;
  private final LostManifests lost;
  private final Duration grace;
  private boolean isSweepDue;

  Chores(Vertx vertx, Tasks tasks, Workshop workshop, Removal removal, FetchParts parts) {
    this.vertx = vertx;
    this.tasks = tasks;
    this.expiry = new LifecycleExpiry(removal, tasks, parts.clock(), parts.peers().owners());
    this.sweep = new Sweep(tasks, parts.peers().owners(), parts);
    this.lost = new LostManifests(workshop.manifests(), tasks, parts);
    this.grace = parts.housekeeping().grace();
  }

  /** Begins to look at the clock. */
  void begin() {
    vertx.setPeriodic(
        FIRST_EXPIRY.toMillis(),
        EXPIRY.toMillis(),
        due -> expire().onFailure(failure -> LOG.error("images were not expired", failure)));
    // What is found twice, a grace apart, goes: half a grace later at the latest.
    vertx.setPeriodic(Math.max(1, grace.toMillis() / 2), due -> sweepNow());
  }

  /** Something was deleted, here or on another node. Called on any context. */
  void deleted() {
    tasks.run(
        () -> {
          if (!isSweepDue) {
            isSweepDue = true;
            vertx.setTimer(AFTER_DELETION.toMillis(), due -> sweepNow());
          }
          return null;
        });
  }

  private void sweepNow() {
    isSweepDue = false;
    sweep().onFailure(failure -> LOG.error("blobs were not looked through", failure));
  }

  /** Expires images where a lifecycle policy is due. */
  Future<Void> expire() {
    return tasks.run(
        () -> {
          expiry.look();
          return null;
        });
  }

  /** Frees what nobody needs, and brings back what people do. */
  Future<Void> sweep() {
    return tasks.run(
        () -> {
          lost.mend(sweep.look());
          return null;
        });
  }
}
