package dev.sluice.storage.disk;

import dev.sluice.storage.Digest;
import java.io.IOException;

/** Room for one blob. Used by one thread at a time. */
final class Reservation {

  private final SpaceKeeper space;
  private long room;
  private long taken;

  Reservation(SpaceKeeper space) {
    this.space = space;
  }

  /** Asks for this many bytes more, in blocks. */
  void grow(long bytes) throws IOException {
    long blocks = Holdings.onDisk(bytes);
    space.grant(blocks, taken + bytes);
    room += blocks;
  }

  /** So many bytes more are written; more than was reserved needs room first. */
  void take(long bytes) throws IOException {
    if (taken + bytes > room) {
      grow(taken + bytes - room);
    }
    taken += bytes;
    space.written(bytes);
  }

  /** Ends it with the blob at rest. */
  void keep(Digest digest, Holding holding) {
    space.turn(this, digest, holding);
  }

  /** Ends it: the room is free again. */
  void end() {
    space.takeBack(room, taken);
    room = 0;
    taken = 0;
  }
}
