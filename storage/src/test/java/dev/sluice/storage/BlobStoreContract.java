package dev.sluice.storage;

/** What every store of blobs does. */
public interface BlobStoreContract extends BlobWritingContract, BlobReadingContract {

  @Override
  BlobStore store();
}
