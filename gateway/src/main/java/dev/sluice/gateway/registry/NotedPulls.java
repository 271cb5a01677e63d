package dev.sluice.gateway.registry;

import dev.sluice.fetcher.FetchService;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has pulls noted, each image's seldom, beside the answers: those neither wait for a note nor fail
 * with it.
 */
public final class NotedPulls {

  private static final Logger LOG = LoggerFactory.getLogger(NotedPulls.class);

  private final FetchService fetch;
  private final PullNotes notes;
  private final Clock clock;

  /**
   * Into this fetcher's records.
   *
   * @param memory knows which pulls are noted, whoever answers them
   */
  public NotedPulls(FetchService fetch, AnswerMemory memory, Clock clock) {
    this.fetch = fetch;
    this.notes = memory.pulls();
    this.clock = clock;
  }

  /** An image is given to a client now. */
  public void pulled(RepositoryName repository, Digest digest) {
    pulled(repository, digest, clock.instant());
  }

  /** The same, told the time; returns the note that stands for this pull. */
  PullNotes.Note pulled(RepositoryName repository, Digest digest, Instant now) {
    PullNotes.Note known = notes.find(repository, digest);
    if (known.covers(now)) {
      return known;
    }
    fetch
        .pulled(repository, digest)
        .onFailure(full -> LOG.warn("a pull of {} was not noted: {}", repository, full.toString()));
    return notes.put(repository, digest, now);
  }
}
