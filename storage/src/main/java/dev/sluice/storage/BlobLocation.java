package dev.sluice.storage;

import java.util.OptionalLong;

/** Where a blob's bytes are. */
public sealed interface BlobLocation {

  /** The name of the bytes. */
  Digest digest();

  /** In bytes; empty only while a blob grows or passes whose upstream did not say. */
  OptionalLong size();

  /** Whole and verified, on this node. */
  record Stored(Digest digest, long bytes) implements BlobLocation {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(bytes);
    }
  }

  /** Being filled on this node; readable from its first byte on, at the pace of the fill. */
  record Growing(Digest digest, OptionalLong size) implements BlobLocation {}

  /** Elsewhere, and not to be kept on this node: it comes anew for every reader. */
  record Passing(Digest digest, OptionalLong size, Passage passage) implements BlobLocation {}
}
