package dev.sluice.storage.disk;

import java.io.IOException;

/** A blob that cannot be kept: it is larger than the store, or what is here is being read. */
final class NoRoom extends IOException {

  private static final long serialVersionUID = 1L;

  NoRoom(long bytes, long limit) {
    super("there is no room for " + bytes + " bytes among the " + limit + " that blobs may take");
  }
}
