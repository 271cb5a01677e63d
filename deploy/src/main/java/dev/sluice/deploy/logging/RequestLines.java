package dev.sluice.deploy.logging;

import dev.sluice.gateway.RequestLine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of requests: gathered in memory, and given to the output a few times a second,
 * for a line each would cost more than the request. Where whoever reads them is slow, lines are
 * dropped, and no request waits.
 */
final class RequestLines implements RequestLine.Taker {

  private static final Logger LOG = LoggerFactory.getLogger("sluice.requests");

  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** In bytes, for each of the places. */
  private static final int MOST = 1 << 20;

  private static final int PLACES = 8;

  private final Supplier<OutputStream> output;
  private final BooleanSupplier json;
  private final Place[] places = new Place[PLACES];
  private final ReentrantLock writing = new ReentrantLock();
  private final Thread writer =
      Thread.ofPlatform().name("request-lines").daemon().unstarted(this::write);
  private volatile boolean isStarted;

  /** Where some threads gather their lines. */
  private static final class Place {
    private final ReentrantLock lock = new ReentrantLock();
    private LineText gathered = new LineText();
    private LineText spare = new LineText();
    private long dropped;
  }

  /**
   * @param output where the lines go, asked each time
   * @param json whether each is an object of JSON now
   */
  RequestLines(Supplier<OutputStream> output, BooleanSupplier json) {
    this.output = output;
    this.json = json;
    for (int i = 0; i < PLACES; i++) {
      places[i] = new Place();
    }
  }

  @Override
  public void take(RequestLine line) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    Place place = places[(int) (Thread.currentThread().threadId() % PLACES)];
    boolean isFirst;
    place.lock.lock();
    try {
      isFirst = place.gathered.length() == 0;
      if (place.gathered.length() > MOST) {
        place.dropped++;
      } else if (json.getAsBoolean()) {
        place.gathered.json(line);
      } else {
        place.gathered.plain(line);
      }
    } finally {
      place.lock.unlock();
    }
    if (isFirst) {
      wake();
    }
  }

  private void wake() {
    if (!isStarted) {
      start();
    }
    LockSupport.unpark(writer);
  }

  private synchronized void start() {
    if (!isStarted) {
      isStarted = true;
      writer.start();
    }
  }

  private void write() {
    while (true) {
      LockSupport.park(this);
      LockSupport.parkNanos(this, GATHER_NANOS);
      flush();
    }
  }

  /** Gives what is gathered to the output; may wait for it. */
  void flush() {
    writing.lock();
    try {
      for (Place place : places) {
        flush(place);
      }
    } catch (IOException gone) {
      // Nobody reads the output any more, and there is no other to say so.
    } finally {
      writing.unlock();
    }
  }

  private void flush(Place place) throws IOException {
    LineText full;
    long dropped;
    place.lock.lock();
    try {
      full = place.gathered;
      place.gathered = place.spare;
      place.spare = full;
      dropped = place.dropped;
      place.dropped = 0;
    } finally {
      place.lock.unlock();
    }
    if (full.length() > 0) {
      OutputStream out = output.get();
      out.write(full.bytes(), 0, full.length());
      out.flush();
      full.clear();
    }
    if (dropped > 0) {
      LOG.warn("{} lines of requests were dropped: whoever reads the log is too slow", dropped);
    }
  }
}
