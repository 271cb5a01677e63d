package dev.sluice.fetcher;

import dev.sluice.storage.BlobLocation;
import java.net.URI;
import java.util.OptionalLong;

/** The answer to a {@link BlobRequest}. */
public sealed interface BlobAnswer
    permits BlobAnswer.Found, BlobAnswer.Upstream, BlobAnswer.Linked, Refused {

  /** The blob is on this node, whole or growing. */
  record Found(BlobLocation location, Provenance provenance) implements BlobAnswer {}

  /**
   * Upstream or the nodes' archive has the blob, and it was not brought in, since only its head was
   * asked for.
   */
  record Upstream(OptionalLong size) implements BlobAnswer {}

  /**
   * The nodes' archive has the blob, and whoever asked may read it there.
   *
   * @param link good for this one blob, for a minute at most, for everybody who knows it
   */
  record Linked(URI link) implements BlobAnswer {}
}
