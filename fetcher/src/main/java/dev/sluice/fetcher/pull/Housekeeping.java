package dev.sluice.fetcher.pull;

import dev.sluice.storage.BlobStore;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What is to be kept clean, and how.
 *
 * @param places where blobs are
 * @param grace how long a blob stays that no image lists and nobody reads
 * @param namesAreWhole whether the catalog is all there is now, and not what this node happens to
 *     know
 */
public record Housekeeping(List<Place> places, Duration grace, BooleanSupplier namesAreWhole) {

  /** Nothing is. */
  public static final Housekeeping NONE =
      new Housekeeping(List.of(), Duration.ofHours(1), () -> true);

  /** Copies the list. */
  public Housekeeping {
    places = List.copyOf(places);
  }

  /**
   * Where blobs are.
   *
   * @param isShared by all nodes: each cleans away only what it owns
   */
  public record Place(BlobStore store, boolean isShared) {}
}
