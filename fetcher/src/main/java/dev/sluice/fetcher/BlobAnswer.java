package dev.sluice.fetcher;

import dev.sluice.storage.BlobLocation;
import java.util.OptionalLong;

/** The answer to a {@link BlobRequest}. */
public sealed interface BlobAnswer permits BlobAnswer.Found, BlobAnswer.Upstream, Refused {

  /** The blob is on this node, whole or growing. */
  record Found(BlobLocation location, Provenance provenance) implements BlobAnswer {}

  /** Upstream has the blob and it was not brought in, since only its head was asked for. */
  record Upstream(OptionalLong size) implements BlobAnswer {}
}
