package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;

/** What became of an image that was to be warmed up. */
sealed interface ImageOutcome {

  /** The only one of its kind. */
  ImageOutcome DONE = new Done();

  /** All of it is here. */
  record Done() implements ImageOutcome {}

  /** It is not to be had. */
  record Failed(String why) implements ImageOutcome {}

  /** It is not to be had now, and may be later. */
  record Later(Refused why) implements ImageOutcome {}

  /** Nobody wants it any more. */
  record Stopped() implements ImageOutcome {}

  /** What a refusal means for an image. */
  static ImageOutcome of(Refused refused) {
    return switch (refused.reason()) {
      case TOO_MANY_REQUESTS, UNAVAILABLE -> new Later(refused);
      case NAME_UNKNOWN, MANIFEST_UNKNOWN, BLOB_UNKNOWN, DENIED, LOOP_DETECTED ->
          new Failed(refused.message());
    };
  }
}
