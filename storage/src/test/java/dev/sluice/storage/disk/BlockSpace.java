package dev.sluice.storage.disk;

import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Room for a hundred blocks on a disk that is only thought of, and blobs that a number names. */
final class BlockSpace {

  static final int BLOCK = 4096;
  static final long LIMIT = 100L * BLOCK;

  final Set<Digest> dropped = ConcurrentHashMap.newKeySet();

  /** What the disk has left, whoever takes it. */
  final AtomicLong free = new AtomicLong(Long.MAX_VALUE);

  /** Whether nothing can be dropped. */
  volatile boolean isStuck;

  final SpaceKeeper space = limited(LIMIT);

  /** The same with another limit. */
  SpaceKeeper limited(long limit) {
    return new SpaceKeeper(limit, free::get, this::drop);
  }

  private void drop(Digest digest) throws IOException {
    if (isStuck) {
      throw new IOException("read-only");
    }
    dropped.add(digest);
  }

  Holding write(int number, int bytes) throws IOException {
    Holding holding = new Holding(bytes, Instant.EPOCH);
    Reservation room = space.reserve(bytes);
    try {
      room.take(bytes);
      room.keep(digest(number), holding);
    } finally {
      room.end();
    }
    return holding;
  }

  static Digest digest(int number) {
    return Digest.sha256(ByteBuffer.allocate(4).putInt(number).array());
  }
}
