package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.List;

/**
 * A manifest or index that a repository holds.
 *
 * @param size of the manifest itself, in bytes
 * @param storedAt when this repository first held it
 * @param members what it lists: config and layers of an image, children of an index
 */
public record ImageRecord(
    Digest digest, String mediaType, long size, Instant storedAt, List<Member> members) {

  /** Copies the list. */
  public ImageRecord {
    members = List.copyOf(members);
  }
}
