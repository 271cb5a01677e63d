package dev.sluice.fetcher.fake;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A request under way and the progress of its answer. */
final class Exchange {
  private final Request request;
  private final Journal journal;
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicBoolean finished = new AtomicBoolean();

  Exchange(Request request, Journal journal) {
    this.request = request;
    this.journal = journal;
  }

  Request request() {
    return request;
  }

  void sent(int bytes) {
    bytesSent.addAndGet(bytes);
  }

  /** Ends it; said again it changes nothing. */
  void finish() {
    if (finished.compareAndSet(false, true)) {
      journal.finished(this);
    }
  }

  RecordedRequest snapshot() {
    return new RecordedRequest(request, bytesSent.get(), finished.get());
  }
}
