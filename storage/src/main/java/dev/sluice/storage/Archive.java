package dev.sluice.storage;

import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the nodes keep their blobs together beyond their own disks, such as a bucket. What a node
 * fills comes there by itself.
 */
public interface Archive {

  /** That of nodes which keep nothing but on their disks. */
  Archive NONE =
      new Archive() {
        @Override
        public Future<OptionalLong> find(Digest digest) {
          return Future.succeededFuture(OptionalLong.empty());
        }

        @Override
        public Future<PeerBlob> open(Digest digest, long offset) {
          return Future.failedFuture("there is no archive");
        }

        @Override
        public void wrong(Digest digest) {}

        @Override
        public void doubt(Digest digest) {}

        @Override
        public Optional<URI> link(Digest digest) {
          return Optional.empty();
        }
      };

  /**
   * The size of a blob in bytes; empty where the archive has none, or cannot be asked now. Never
   * fails, and answers within some seconds.
   */
  Future<OptionalLong> find(Digest digest);

  /**
   * Opens a blob for reading.
   *
   * @param offset the first byte that is wanted
   * @return the stream, when its head has come; fails where there is no such blob, or the archive
   *     is not to be reached
   */
  Future<PeerBlob> open(Digest digest, long offset);

  /**
   * A URL by which anybody can read this one blob, for at most 60 s and with no other method than
   * GET; empty where the archive gives none, or is not to be reached.
   */
  Optional<URI> link(Digest digest);

  /** Says that its bytes are not what their name says: it drops them, and is given others. */
  void wrong(Digest digest);

  /**
   * Says that its bytes may not be what their name says, as somebody who was given a link has come
   * back: they are compared behind the scenes, now and then, and dropped where they are wrong.
   */
  void doubt(Digest digest);
}
