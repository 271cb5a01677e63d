package dev.sluice.fetcher.pull;

import dev.sluice.storage.Archive;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes' archive, as far as it can be relied upon. In trouble it is as if it had nothing; after
 * a silence it is left alone for a moment, so that not everybody waits for it in vain; and what it
 * had wrong is not taken from it for a while. Its methods wait; confined to one context.
 */
final class ArchiveDoor {

  private static final Logger LOG = LoggerFactory.getLogger(ArchiveDoor.class);

  /** For an answer, not for a body. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How long nobody asks it after a silence. */
  static final Duration REST = Duration.ofSeconds(10);

  /** How long wrong bytes are remembered. */
  static final Duration DISTRUST = Duration.ofMinutes(10);

  /** How many wrong blobs are remembered. */
  private static final int MOST_WRONG = 1_000;

  private final Archive archive;
  private final Clock clock;
  private final Tasks tasks;
  private final Flights<Digest, OptionalLong> finds = new Flights<>();
  private final Map<Digest, Instant> wrong =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Instant> eldest) {
          return size() > MOST_WRONG;
        }
      };
  private volatile Instant silence = Instant.MIN;

  ArchiveDoor(Archive archive, Clock clock, Tasks tasks) {
    this.archive = archive;
    this.clock = clock;
    this.tasks = tasks;
  }

  /** Whether the nodes have an archive at all. */
  boolean isThere() {
    return archive != Archive.NONE;
  }

  /** The size of a blob in bytes; empty where it is not to be had here. */
  OptionalLong find(Digest digest) {
    if (isClosed(digest)) {
      return OptionalLong.empty();
    }
    return finds.join(digest, () -> tasks.run(() -> ask(digest))).result().await();
  }

  private OptionalLong ask(Digest digest) {
    OptionalLong size = inTime(archive.find(digest), PATIENCE, digest).orElse(OptionalLong.empty());
    // A body of length 0 is whole at once: no byte could be held back until its digest is known.
    boolean isEmptied = size.equals(OptionalLong.of(0)) && !digest.isOfNothing();
    return isEmptied ? OptionalLong.empty() : size;
  }

  /** Opens a blob from this byte on; its stream must be filled in or discarded. */
  Optional<PeerBlob> open(Digest digest, long offset) {
    if (isClosed(digest)) {
      return Optional.empty();
    }
    Future<PeerBlob> opening = archive.open(digest, offset);
    Optional<PeerBlob> opened = inTime(opening, PATIENCE, digest);
    if (opened.isEmpty()) {
      opening.onSuccess(late -> late.discard().run());
    }
    return opened;
  }

  /** The whole of a blob that is no larger than manifests are. */
  Optional<Buffer> read(Digest digest) {
    return open(digest, 0)
        .flatMap(
            opened -> {
              Optional<Buffer> body = inTime(PeerBody.read(opened), PATIENCE, digest);
              if (body.isEmpty()) {
                opened.discard().run();
              }
              return body;
            });
  }

  /** A URL by which a client may read a blob by itself, for a moment. */
  Optional<URI> link(Digest digest) {
    return isClosed(digest) ? Optional.empty() : archive.link(digest);
  }

  /** What it had of a blob was something else. */
  void wrong(Digest digest) {
    LOG.error("the archive has other bytes than those of {}; they are not used", digest);
    wrong.remove(digest);
    wrong.put(digest, clock.instant());
    archive.wrong(digest);
  }

  /** What it has of a blob may be something else. */
  void doubt(Digest digest) {
    archive.doubt(digest);
  }

  private boolean isClosed(Digest digest) {
    return !isThere() || lasts(silence, REST) || lasts(wrong.get(digest), DISTRUST);
  }

  /** Not so at a time before the beginning: the clock was set back. */
  private boolean lasts(Instant beginning, Duration length) {
    Instant now = clock.instant();
    return beginning != null && !now.isBefore(beginning) && now.minus(length).isBefore(beginning);
  }

  private <T> Optional<T> inTime(Future<T> answer, Duration most, Digest digest) {
    return answer
        .timeout(most.toMillis(), TimeUnit.MILLISECONDS)
        .map(Optional::of)
        .otherwise(
            trouble -> {
              // It tells itself that it is in trouble, and once.
              LOG.debug("the archive does not give {}: {}", digest, trouble.getMessage());
              if (trouble instanceof TimeoutException) {
                silence = clock.instant();
              }
              return Optional.empty();
            })
        .await();
  }
}
