package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.storage.BlobLocation;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of a blob that was to be brought in for nobody in particular. */
sealed interface Completed {

  /**
   * It is here, or on its owner.
   *
   * @param isNew whether it was not there before
   */
  record Here(OptionalLong size, boolean isNew) implements Completed {}

  /** It is not to be had now. */
  record Not(Refused why) implements Completed {}

  /**
   * What became of it here.
   *
   * @param answer when it was asked for
   * @param found when nothing more was to be expected
   */
  static Completed of(BlobAnswer answer, BlobOrder order, Optional<BlobLocation> found) {
    if (answer instanceof Refused refused) {
      return new Not(refused);
    }
    if (answer instanceof BlobAnswer.Found(BlobLocation.Passing _, _)) {
      return new Not(
          Refusals.unstorable(
              order.what(),
              "it is larger than storage.maxSize allows, or the disk refuses; the log says which"));
    }
    boolean isNew = !(answer instanceof BlobAnswer.Found(_, var how) && how == Provenance.HIT);
    return found
        .<Completed>map(here -> new Here(here.size(), isNew))
        .orElseGet(() -> broken(order));
  }

  /** It began to come, and did not come to its end. */
  static Completed broken(BlobOrder order) {
    return new Not(
        Refusals.unavailable(
            order.rule(), order.what(), "it did not come to its end; see the log"));
  }
}
