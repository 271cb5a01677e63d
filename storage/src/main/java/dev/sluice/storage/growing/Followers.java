package dev.sluice.storage.growing;

import dev.sluice.storage.Digest;

/** Who wants each blob that comes to this node. Called from any thread; returns at once. */
public interface Followers {

  /** Nobody. */
  Followers NONE =
      new Followers() {
        @Override
        public void begun(Digest digest, GrowingBlob blob) {}

        @Override
        public void stored(Digest digest) {}
      };

  /** A fill begins; whoever holds the blob from now on can read it to its end. */
  void begun(Digest digest, GrowingBlob blob);

  /** A blob came whole. */
  void stored(Digest digest);
}
