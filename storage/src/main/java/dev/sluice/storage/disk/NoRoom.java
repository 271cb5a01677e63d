package dev.sluice.storage.disk;

import java.io.IOException;

/** A blob that cannot be kept. */
final class NoRoom extends IOException {

  private static final long serialVersionUID = 1L;

  private NoRoom(String words) {
    super(words);
  }

  /**
   * It is larger than all blobs may be together.
   *
   * @param bytes that it has
   * @param limit what blobs may take
   */
  static NoRoom tooLarge(long bytes, long limit) {
    return new NoRoom(
        "it takes %d bytes of the disk, and all blobs together may take %d"
            .formatted(Holdings.onDisk(bytes), limit));
  }

  /**
   * What is here is being read or written, or others fill the disk.
   *
   * @param bytes that it takes
   * @param missing how many of them are too many
   */
  static NoRoom crowded(long bytes, long missing) {
    return new NoRoom(
        "there is no room for its %d bytes: %d are missing, as what is here is in use, or others"
                .formatted(bytes, missing)
            + " fill the disk");
  }
}
