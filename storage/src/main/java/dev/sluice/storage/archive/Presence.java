package dev.sluice.storage.archive;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Digest;
import dev.sluice.storage.archive.Outage.Deed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is known of an archive: which blobs it has, and whether it answers. Both are remembered for
 * some seconds, which spares a herd its questions: clients are sent there on the strength of that.
 */
public final class Presence {

  private static final int REMEMBERED = 50_000;
  private static final Duration THERE = Duration.ofSeconds(10);
  private static final Duration NOT_THERE = Duration.ofSeconds(5);

  private final BlobStore store;
  private final Outage outage = new Outage();
  private final Breaker breaker;

  /** An archive that lets itself be asked may refuse all that is brought there. */
  private final Breaker copying;

  private final Cache<Digest, OptionalLong> sizes;

  /**
   * Of a store that nodes share, whose {@code find} answers or fails within seconds.
   *
   * @param store whose blobs are dropped seldom
   */
  public Presence(BlobStore store, Clock clock) {
    this.store = store;
    this.breaker = new Breaker(clock);
    this.copying = new Breaker(clock);
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

  /** Whether something may be brought there now; who is let through says what came of it. */
  boolean takesCopies() {
    return isAnswering() && copying.letsThrough();
  }

  /** Who tells people where something fails. */
  public Outage outage() {
    return outage;
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
      outage.succeeds(Deed.LISTING);
    } catch (IOException | RuntimeException failure) {
      failed(failure);
      outage.fails(Deed.LISTING, failure);
      throw failure;
    }
  }

  /** Says that a blob was brought there. */
  void came(Digest digest, long bytes) {
    sizes.put(digest, OptionalLong.of(bytes));
    answered();
    copying.answered();
    outage.succeeds(Deed.COPYING);
  }

  /** Says that a blob could not be brought there. */
  void tookNot(Exception failure) {
    copying.failed();
    if (!copying.isClosed()) {
      outage.fails(Deed.COPYING, failure);
    }
  }

  /** Says that a blob is not there after all. */
  void isMissing(Digest digest) {
    sizes.put(digest, OptionalLong.empty());
    answered();
  }

  private void answered() {
    if (breaker.answered()) {
      outage.isOver();
    }
  }

  /** Says that the archive did not do what it was asked. */
  void failed(Exception failure) {
    if (breaker.failed()) {
      outage.fails(Deed.READING, failure);
    }
  }
}
