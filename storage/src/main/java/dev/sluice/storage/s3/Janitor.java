package dev.sluice.storage.s3;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Clears up what dead processes left of their uploads: it is seen in no listing, and paid for
 * forever.
 */
public final class Janitor {

  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  /** An upload for which nothing came for so long is nobody's, on whatever node it was begun. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final AbandonedUploads uploads;
  private final Clock clock;

  /**
   * That of a store.
   *
   * @param clock within minutes of the server's
   */
  public Janitor(S3BlobStore store, Clock clock) {
    this.uploads = store.abandoned();
    this.clock = clock;
  }

  /**
   * Clears up; blocks. To be called at start, and hourly.
   *
   * @return how many uploads were dropped
   */
  public int clear() throws IOException {
    Instant moment = clock.instant().minus(PATIENCE);
    int dropped = 0;
    for (MultipartUpload upload : uploads.since(moment)) {
      uploads.drop(upload);
      LOG.info("dropped what was left of an upload to {}", upload.key());
      dropped++;
    }
    return dropped;
  }
}
