package dev.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The store in a bucket. No test of it may leave an unfinished upload there. */
final class S3BlobStoreTest implements BlobStoreContract {

  @TempDir static Path folder;
  private static S3Server server;
  private S3Settings settings;
  private S3BlobStore store;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    settings = server.bucket();
    store = new S3BlobStore(settings);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    assertThat(S3Server.unfinished(settings)).isZero();
  }

  @Override
  public BlobStore store() {
    return store;
  }
}
