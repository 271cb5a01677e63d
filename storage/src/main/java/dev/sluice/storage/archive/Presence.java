package dev.sluice.storage.archive;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of an archive: which blobs it has, and whether it answers. Both are remembered for
 * some seconds, which spares a herd its questions: clients are sent there on the strength of that.
 */
public final class Presence {

  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private static final int REMEMBERED = 50_000;
  private static final Duration THERE = Duration.ofSeconds(10);
  private static final Duration NOT_THERE = Duration.ofSeconds(5);

  private final BlobStore store;
  private final Breaker breaker;
  private final Cache<Digest, OptionalLong> sizes;

  /**
   * Of a store that nodes share, whose {@code find} answers or fails within seconds.
   *
   * @param store whose blobs are dropped seldom
   */
  public Presence(BlobStore store, Clock clock) {
    this.store = store;
    this.breaker = new Breaker(clock);
    this.sizes =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(
                Expiry.<Digest, OptionalLong>writing(
                    (digest, size) -> size.isPresent() ? THERE : NOT_THERE))
            .build();
  }

  /** Whether the archive is taken to answer. */
  boolean isAnswering() {
    return breaker.isClosed();
  }

  /** Whether it is remembered that a blob is there. */
  boolean remembers(Digest digest) {
    OptionalLong size = sizes.getIfPresent(digest);
    return size != null && size.isPresent();
  }

  /** Whether {@link #find} answers without asking. */
  boolean isKnown(Digest digest) {
    return sizes.getIfPresent(digest) != null;
  }

  /**
   * The size of a blob, remembered or asked for; empty where there is none. May block.
   *
   * @throws IOException at once while the archive is taken not to answer
   */
  OptionalLong find(Digest digest) throws IOException {
    OptionalLong known = sizes.getIfPresent(digest);
    if (known != null) {
      return known;
    }
    if (!breaker.letsThrough()) {
      throw new IOException("the archive does not answer; it is asked again within 10 s");
    }
    try {
      OptionalLong size = store.find(digest);
      answered();
      sizes.put(digest, size);
      return size;
    } catch (IOException | RuntimeException failure) {
      failed(failure);
      throw failure;
    }
  }

  /**
   * Shows every blob that is there, asking whether or not the archive is taken to answer; blocks.
   */
  void each(Consumer<Digest> visitor) throws IOException {
    try {
      store.each(blob -> visitor.accept(blob.digest()));
      answered();
    } catch (IOException | RuntimeException failure) {
      failed(failure);
      throw failure;
    }
  }

  /** Says that a blob is there now. */
  void came(Digest digest, long bytes) {
    sizes.put(digest, OptionalLong.of(bytes));
    answered();
  }

  /** Says that a blob is not there after all. */
  void isMissing(Digest digest) {
    sizes.put(digest, OptionalLong.empty());
    answered();
  }

  private void answered() {
    if (breaker.answered()) {
      LOG.info("the archive answers again");
    }
  }

  /** Says that the archive did not do what it was asked. */
  void failed(Exception failure) {
    if (breaker.failed()) {
      LOG.warn("goes on without the archive for now: {}", failure.getMessage());
    }
  }
}
