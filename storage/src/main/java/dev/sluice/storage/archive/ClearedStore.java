package dev.sluice.storage.archive;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * An archive's store, for who drops blobs that nobody needs: what this node remembers of the
 * archive follows.
 *
 * @param presence of the same store
 */
public record ClearedStore(BlobStore store, Presence presence) implements BlobStore {

  @Override
  public OptionalLong find(Digest digest) throws IOException {
    return store.find(digest);
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    return store.open(digest, offset);
  }

  @Override
  public BlobWriter create(Digest digest, OptionalLong size) throws IOException {
    return store.create(digest, size);
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    boolean wasThere = store.delete(digest);
    presence.isMissing(digest);
    return wasThere;
  }

  @Override
  public void each(Consumer<AtRest> visitor) throws IOException {
    store.each(visitor);
  }
}
