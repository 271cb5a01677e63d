package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.upstream.Token;
import dev.sluice.storage.Digest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What one node answers another. */
public sealed interface PeerAnswer {

  /** A blob, and how it is had there. */
  record Located(OptionalLong size, Hold hold) implements PeerAnswer {}

  /** How a node has a blob. */
  enum Hold {
    /** Whole. */
    WHOLE,
    /** Growing, from upstream. */
    FILLING,
    /** Growing, from another node: whoever followed it might be followed by it. */
    FOLLOWING,
    /** Not at all; upstream has it. */
    UPSTREAM
  }

  /** A blob is not there. */
  record Nowhere() implements PeerAnswer {}

  /** A manifest is there. */
  record Image(Found found) implements PeerAnswer {}

  /**
   * Where a tag points.
   *
   * @param from where it pointed before; empty where it did not move, or was not known
   */
  record Checked(boolean moved, Optional<Digest> from, Found found) implements PeerAnswer {}

  /**
   * Where a tag points could not be asked.
   *
   * @param last its last image, where that may be served
   */
  record Unchecked(Optional<Found> last, Refused why) implements PeerAnswer {}

  /** What was asked for is not to be had, whichever node asks. */
  record No(Refused refused) implements PeerAnswer {}

  /** A token that still holds. */
  record Issued(Token token) implements PeerAnswer {}

  /** What is known there of the warm-ups that were asked about. */
  record Warming(List<WarmUp> warmUps) implements PeerAnswer {

    /** Copies the list. */
    public Warming {
      warmUps = List.copyOf(warmUps);
    }
  }

  /** What was waited for has come about. */
  record Done() implements PeerAnswer {}

  /** That node cannot help, or does not answer; another might. */
  record Unable(String why) implements PeerAnswer {}
}
