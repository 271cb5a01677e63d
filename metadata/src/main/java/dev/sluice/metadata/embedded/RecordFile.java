package dev.sluice.metadata.embedded;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of records, and the order in which changes reach it.
 *
 * <p>A change is seen whole or not at all, by readers and in the file: nobody reads while it is
 * being made, and nothing is committed meanwhile. Readers do not wait for the disk.
 *
 * <p>MVStore keeps the last five versions of its pages. While somebody reads, no change can be
 * made, so at most the change before it and a compaction are committed: no page is overwritten
 * under a reader.
 */
final class RecordFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);

  private final RecordFileOpening opening;

  /** Held from the first step of a change until it is in the file. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Held while records are read, or a change is made in memory. Taken after {@code writing}. */
  private final ReadWriteLock seeing = new ReentrantReadWriteLock();

  private final Compaction compaction = new Compaction();
  private volatile OpenRecords records;
  private boolean closed;

  RecordFile(RecordFileOpening opening) throws IOException {
    this.opening = opening;
    this.records = opening.open();
  }

  /** Answers a question from the records as they are. */
  <T> Future<T> read(Function<OpenRecords, T> question) {
    return attempt(() -> see(question));
  }

  /**
   * Makes a change; when the future succeeds, the change is as durable as the contents demand. It
   * may be made twice: the first time on a file that then turns out to be broken.
   */
  <T> Future<T> change(Function<OpenRecords, T> change) {
    return attempt(() -> commit(() -> make(change), opening.contents().isForced()));
  }

  /**
   * Makes a change that a person asked for and nothing heals; when the future succeeds, it is
   * forced to the disk whatever else is in the file.
   */
  <T> Future<T> changeForGood(Function<OpenRecords, T> change) {
    return attempt(() -> commit(() -> make(change), true));
  }

  /**
   * The same for a change that takes long to work out: others read on meanwhile, and nobody makes
   * another change between.
   */
  <P, T> Future<T> changeForGood(
      Function<OpenRecords, P> plan, BiFunction<P, OpenRecords, T> change) {
    return attempt(
        () ->
            commit(
                () -> {
                  P planned = see(plan);
                  return make(records -> change.apply(planned, records));
                },
                true));
  }

  @Override
  public void close() {
    writing.lock();
    seeing.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        records.store().close();
      }
    } finally {
      seeing.writeLock().unlock();
      writing.unlock();
    }
  }

  /**
   * MVStore gives a file up after one failed write, as on a full disk. That may not end metadata
   * until the next start, so the file is opened once more.
   */
  private <T> Future<T> attempt(Supplier<T> attempt) {
    OpenRecords used = records;
    try {
      return Future.succeededFuture(attempt.get());
    } catch (MVStoreException broken) {
      return attemptAgain(attempt, used, broken);
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }

  private <T> Future<T> attemptAgain(
      Supplier<T> attempt, OpenRecords used, MVStoreException broken) {
    try {
      reopen(used, broken);
      return Future.succeededFuture(attempt.get());
    } catch (IOException | RuntimeException failure) {
      failure.addSuppressed(broken);
      return Future.failedFuture(failure);
    }
  }

  /** Opens the file again, unless another thread has done so. */
  private void reopen(OpenRecords used, MVStoreException broken) throws IOException {
    writing.lock();
    seeing.writeLock().lock();
    try {
      refuseIfClosed();
      if (records.store() == used.store()) {
        LOG.warn("Metadata is opened again after a failure: {}", broken.getMessage());
        used.store().closeImmediately();
        records = opening.reopen(broken);
      }
    } finally {
      seeing.writeLock().unlock();
      writing.unlock();
    }
  }

  private <T> T see(Function<OpenRecords, T> question) {
    seeing.readLock().lock();
    try {
      refuseIfClosed();
      return question.apply(records);
    } finally {
      seeing.readLock().unlock();
    }
  }

  private <T> T commit(Supplier<T> change, boolean isForced) {
    writing.lock();
    try {
      T result = change.get();
      MVStore store = records.store();
      store.commit();
      if (isForced) {
        store.sync();
      }
      if (compaction.isDueAfterCommit()) {
        Thread.ofVirtual().name("metadata-compaction").start(this::compact);
      }
      return result;
    } finally {
      writing.unlock();
    }
  }

  /** On a thread of its own: whoever made the last change need not wait, and cannot interrupt. */
  private void compact() {
    writing.lock();
    try {
      if (!closed) {
        compaction.compact(records.store());
      }
    } catch (MVStoreException broken) {
      LOG.warn("Metadata was not compacted: {}", broken.getMessage());
    } finally {
      writing.unlock();
    }
  }

  private <T> T make(Function<OpenRecords, T> change) {
    seeing.writeLock().lock();
    try {
      refuseIfClosed();
      return change.apply(records);
    } finally {
      seeing.writeLock().unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new IllegalStateException("metadata is closed");
    }
  }
}
