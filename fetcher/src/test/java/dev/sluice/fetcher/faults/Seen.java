package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.Refused;
import dev.sluice.storage.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a client has got, proven as far as it can be. */
sealed interface Seen {

  /** A manifest, right to the byte. */
  record Manifest(Digest digest, Optional<String> staleReason) implements Seen {

    /** One that upstream has just confirmed. */
    static Manifest fresh(Digest digest) {
      return new Manifest(digest, Optional.empty());
    }
  }

  /** A blob, right to the byte. */
  record Blob() implements Seen {}

  /** A page of tags, each of which is one. */
  record Tags(List<String> names, Optional<String> staleReason) implements Seen {}

  /** A body that broke off, which every client notices. */
  record Cut() implements Seen {}

  /** No content, and a reason. */
  record Refusal(Refused.Reason reason, Duration retryAfter) implements Seen {}

  /** Whether the client has what it asked for. */
  default boolean isServed() {
    return !(this instanceof Cut || this instanceof Refusal);
  }

  /** Why it may not be the newest; empty where it is. */
  default Optional<String> stale() {
    return switch (this) {
      case Manifest(var _, var reason) -> reason;
      case Tags(var _, var reason) -> reason;
      case Blob _, Cut _, Refusal _ -> Optional.empty();
    };
  }
}
