package dev.sluice.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.fetcher.NameChanges;
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

  private final Cache<Image, Instant> noted =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record Image(RepositoryName repository, Digest digest) {}

  /** Whether this pull is to be noted; it then counts as noted. */
  boolean isDue(RepositoryName repository, Digest digest, Instant now) {
    Image image = new Image(repository, digest);
    Instant last = noted.getIfPresent(image);
    // Not so at a time before the last note: the clock was set back.
    if (last != null && !now.isBefore(last) && now.isBefore(last.plus(BETWEEN))) {
      return false;
    }
    noted.put(image, now);
    return true;
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
}
