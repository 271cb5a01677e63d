package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.storage.Digest;
import java.util.Optional;

/** What a check found, and the answer to those who asked for the tag. */
sealed interface CheckOutcome {

  /** What they are told. */
  ManifestAnswer answer();

  /** The tag points where it did. */
  record Confirmed(Found answer) implements CheckOutcome {}

  /**
   * The tag points elsewhere.
   *
   * @param from empty where it was not cached
   */
  record Moved(Optional<Digest> from, Found answer) implements CheckOutcome {}

  /**
   * Upstream did not say where it points, or said that it is no more.
   *
   * @param answer the last image, where there is one to be served
   */
  record Failed(ManifestAnswer answer, Refused why) implements CheckOutcome {}

  /** What somebody is told who took part in the check, or began it. */
  default ManifestAnswer answer(boolean joined) {
    return switch (answer()) {
      case Found(var manifest, var how, var checkedAt, var until, var reason)
          when joined && how == Provenance.MISS ->
          new Found(manifest, Provenance.COALESCED, checkedAt, until, reason);
      case Found found -> found;
      case Refused refused -> refused;
    };
  }
}
