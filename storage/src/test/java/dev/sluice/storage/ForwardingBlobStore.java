package dev.sluice.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store that does as another does, but for what a test makes different.
 *
 * @param <S> what the other is
 */
public class ForwardingBlobStore<S extends BlobStore> implements BlobStore {

  private final Supplier<S> store;

  /**
   * @param store the other, which may be one now and one later
   */
  public ForwardingBlobStore(Supplier<S> store) {
    this.store = store;
  }

  /** The other, as it is now. */
  protected final S store() {
    return store.get();
  }

  @Override
  public OptionalLong find(Digest digest) throws IOException {
    return store().find(digest);
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    return store().open(digest, offset);
  }

  @Override
  public BlobWriter create(Digest digest, OptionalLong size) throws IOException {
    return store().create(digest, size);
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    return store().delete(digest);
  }

  @Override
  public void each(Consumer<AtRest> visitor) throws IOException {
    store().each(visitor);
  }
}
