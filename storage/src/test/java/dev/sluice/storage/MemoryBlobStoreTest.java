package dev.sluice.storage;

final class MemoryBlobStoreTest implements BlobStoreContract {

  private final MemoryBlobStore store = new MemoryBlobStore();

  @Override
  public BlobStore store() {
    return store;
  }
}
