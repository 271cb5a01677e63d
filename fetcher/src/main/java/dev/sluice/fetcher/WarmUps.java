package dev.sluice.fetcher;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Images that this node brings in before anybody pulls them, behind people's pulls. They are this
 * node's alone, and end with it. A future fails only by a bug or a broken machine.
 */
public interface WarmUps {

  /** How many images one may have. */
  int MOST_IMAGES = 10_000;

  /** How many are kept; of those that have ended the oldest goes first. */
  int MOST_KEPT = 20;

  /** How many go on at once. */
  int MOST_RUNNING = 4;

  /** Begins one, unless something of it cannot be meant. */
  Future<WarmUpAnswer> begin(WarmUpRequest request);

  /** Those that are kept, the oldest first. */
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
