package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A digest that a repository is known to contain, or said to.
 *
 * @param size in bytes, as the manifest that lists it says; empty where only upstream vouched
 * @param mediaType as that manifest says
 * @param vouched whether upstream was seen to have it in this repository. A manifest may list what
 *     its repository does not hold (foreign layers); listing opens no bytes that are here for
 *     another repository's sake
 */
public record Member(
    Digest digest, OptionalLong size, Optional<String> mediaType, boolean vouched) {

  /** A digest of which nobody says what it is. */
  public Member(Digest digest, OptionalLong size, boolean vouched) {
    this(digest, size, Optional.empty(), vouched);
  }

  /** A digest that a manifest lists. */
  public Member(Digest digest, OptionalLong size) {
    this(digest, size, false);
  }

  /** A digest that upstream was seen to have. */
  public static Member vouched(Digest digest) {
    return new Member(digest, OptionalLong.empty(), true);
  }

  /** Both that is known of one digest; of two sizes or types this one's. */
  public Member and(Member other) {
    return new Member(
        digest,
        size.isPresent() ? size : other.size,
        mediaType.or(() -> other.mediaType),
        vouched || other.vouched);
  }
}
