package dev.sluice.storage;

import io.vertx.core.Future;
import java.util.OptionalLong;

/** The blobs of other nodes. */
public interface PeerBlobs {

  /**
   * Opens a blob that a peer has, whole or growing.
   *
   * @param peer host:port of its blob server
   * @param offset the first byte that is wanted
   * @return the stream, when its head has come; fails within 2 s where the peer has no such blob,
   *     is silent, or is gone
   */
  Future<PeerBlob> open(String peer, Digest digest, long offset);

  /**
   * A stream that has not begun to flow; it must be filled in or discarded. Where its peer falls
   * silent, although it has more or lives no longer, it breaks off within some 4 s; a peer that
   * itself waits for bytes is waited for.
   *
   * @param size of the whole blob in bytes; empty while the peer does not know it
   * @param source of the bytes from the offset on
   */
  record PeerBlob(OptionalLong size, Blobs.Source source, Runnable discard) {}
}
