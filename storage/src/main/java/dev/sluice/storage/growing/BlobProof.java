package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/** Reads the whole file of a blob, finds out whether it is what its name says, and says so. */
final class BlobProof {

  private static final int AT_ONCE = 1 << 18;

  private BlobProof() {}

  /**
   * Reads on the calling thread. A virtual one that never waited would keep all others from its
   * processor meanwhile, so it gives way at every turn.
   *
   * @param progress told how many bytes were read so far
   */
  @SuppressWarnings("ThreadPriorityCheck")
  static FillOutcome of(Digest digest, BlobFile file, LongConsumer progress) {
    try {
      MessageDigest hasher = digest.algorithm().hasher();
      ByteBuffer bytes = ByteBuffer.allocateDirect(AT_ONCE);
      long read = 0;
      while (file.channel().read(bytes, read) > 0) {
        bytes.flip();
        read += bytes.remaining();
        hasher.update(bytes);
        bytes.clear();
        progress.accept(read);
        Thread.yield();
      }
      return judge(digest, Digest.of(digest.algorithm(), hasher), file, read);
    } catch (ClosedChannelException ours) {
      return new FillOutcome.Broken("it was closed");
    } catch (IOException unreadable) {
      DiskTrouble.log(unreadable);
      if (DiskTrouble.isDamage(unreadable)) {
        file.wrong("it cannot be read: " + unreadable.getMessage());
      }
      return new FillOutcome.Broken("the disk could not read it");
    }
  }

  private static FillOutcome judge(Digest digest, Digest found, BlobFile file, long read) {
    if (found.equals(digest)) {
      file.right();
      return new FillOutcome.Filled(read);
    }
    String reason = "its " + read + " bytes are " + found;
    file.wrong(reason);
    return new FillOutcome.Wrong(reason);
  }
}
