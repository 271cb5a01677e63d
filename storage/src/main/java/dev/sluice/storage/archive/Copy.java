package dev.sluice.storage.archive;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.BlobWriter.Verdict;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One blob on its way into the archive. */
final class Copy {

  private static final Logger LOG = LoggerFactory.getLogger(Copy.class);

  private static final int CHUNK = 256 << 10;

  private final Digest digest;
  private final Origin origin;
  private final BlobStore archive;
  private final Presence presence;
  private volatile Thread worker;
  private volatile boolean stopped;

  Copy(Digest digest, Origin origin, BlobStore archive, Presence presence) {
    this.digest = digest;
    this.origin = origin;
    this.archive = archive;
    this.presence = presence;
  }

  /** Copies, once a place is free; whether the archive has the blob now. */
  boolean run(Semaphore places) {
    worker = Thread.currentThread();
    try (origin) {
      places.acquire();
      try {
        return !stopped && isThere();
      } finally {
        places.release();
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException | RuntimeException unforeseen) {
      LOG.debug("{} was not copied into the archive: {}", digest, unforeseen.getMessage());
      return false;
    } finally {
      worker = null;
    }
  }

  private boolean isThere() throws IOException {
    if (presence.find(digest).isPresent()) {
      return true;
    }
    try {
      return copy();
    } catch (Origin.Lost lost) {
      throw lost;
    } catch (IOException | RuntimeException failure) {
      if (!stopped) {
        presence.tookNot(failure);
      }
      throw failure;
    }
  }

  private boolean copy() throws IOException {
    BlobWriter writer = archive.create(digest, origin.size());
    try {
      byte[] chunk = new byte[CHUNK];
      for (int count = origin.read(chunk); count >= 0; count = origin.read(chunk)) {
        writer.write(new ByteBuffer[] {ByteBuffer.wrap(chunk, 0, count)});
      }
      return switch (writer.commit()) {
        case Verdict.Right() -> {
          presence.came(digest, writer.written());
          yield true;
        }
        case Verdict.Wrong(var reason) -> {
          LOG.warn("{} is not copied into the archive, it is damaged here: {}", digest, reason);
          yield false;
        }
        case Verdict.Unkept(var reason) -> throw new IOException(reason);
      };
    } finally {
      writer.abort();
    }
  }

  /** Ends it soon; nothing of it stays in the archive. */
  void stop() {
    stopped = true;
    origin.stop();
    Thread copying = worker;
    if (copying != null) {
      copying.interrupt();
    }
  }
}
