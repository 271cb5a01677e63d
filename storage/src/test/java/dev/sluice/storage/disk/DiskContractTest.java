package dev.sluice.storage.disk;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class DiskContractTest implements BlobStoreContract {

  @TempDir Path root;
  private BlobStore store;

  @BeforeEach
  void open() throws IOException {
    store = DiskBlobStore.open(root);
  }

  @Override
  public BlobStore store() {
    return store;
  }
}
