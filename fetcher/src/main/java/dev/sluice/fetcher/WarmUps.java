package dev.sluice.fetcher;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Images that are brought in before anybody pulls them, behind people's pulls. Each warm-up is the
 * one node's that was asked to begin it, and ends with that. A future fails only by a bug or a
 * broken machine.
 */
public interface WarmUps {

  /** How many images one may have. */
  int MOST_IMAGES = 10_000;

  /** How many a node keeps; of those that have ended the oldest goes first. */
  int MOST_KEPT = 20;

  /** How many go on at once, on one node. */
  int MOST_RUNNING = 4;

  /** Begins one here, unless something of it cannot be meant. */
  Future<WarmUpAnswer> begin(WarmUpRequest request);

  /** Those that are kept, the oldest first; their failures may be left out. */
  Future<List<WarmUp>> all();

  /** One of them; empty where it is not known, or not any more. */
  Future<Optional<WarmUp>> find(String id);

  /**
   * Ends one: what is being fetched comes to its end, and nothing more begins. One that has ended
   * stays as it is.
   *
   * @return empty where it is not known
   */
  Future<Optional<WarmUp>> cancel(String id);
}
