package dev.sluice.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Which pulls are worth a note: one an hour of each image, so that a busy image costs a look and no
 * write. Bounded; shared by all event loops.
 */
final class PullNotes implements NameChanges {

  private static final long MOST = 20_000;

  private static final Duration BETWEEN = Duration.ofHours(1);

  private final Cache<Image, Note> noted =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record Image(RepositoryName repository, Digest digest) {}

  /** That an image was pulled, which stands for further pulls from one moment until another. */
  record Note(Instant from, Instant until) {

    /** Stands for none. */
    static final Note NONE = new Note(Instant.EPOCH, Instant.EPOCH);

    /** Not so at a time before it was made: the clock was set back. */
    boolean covers(Instant now) {
      return now.isBefore(until) && !now.isBefore(from);
    }
  }

  /** The last note of an image. */
  Note find(RepositoryName repository, Digest digest) {
    Note last = noted.getIfPresent(new Image(repository, digest));
    return last == null ? Note.NONE : last;
  }

  /** Counts a pull as noted. */
  Note put(RepositoryName repository, Digest digest, Instant now) {
    Note note = new Note(now, now.plus(BETWEEN));
    noted.put(new Image(repository, digest), note);
    return note;
  }

  /** An image that comes back after its deletion has not been pulled yet. */
  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    digests.forEach(digest -> noted.invalidate(new Image(repository, digest)));
  }

  @Override
  public void repository(RepositoryName repository) {
    noted.asMap().keySet().removeIf(image -> image.repository.equals(repository));
  }

  @Override
  public void everything() {
    noted.invalidateAll();
  }
}
