package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.ServedBlob.BYTES;
import static dev.sluice.storage.growing.ServedBlob.DIGEST;
import static dev.sluice.storage.growing.ServedBlob.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.disk.SomeBlobs;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small bytes at hand, such as a manifest's, are kept in memory where the disk refuses them. */
class OverflowTest {

  @TempDir Path root;
  private BalkyStore store;
  private ServedBlob served;

  @BeforeEach
  void open() throws Exception {
    store = new BalkyStore(DiskBlobStore.open(root));
    served = new ServedBlob(store);
    store.refuse(new IOException("full"));
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  @Test
  void theyAreFoundReadAndSent() throws Exception {
    assertThat(get(served.blobs.put(DIGEST, Buffer.buffer(BYTES))))
        .isEqualTo(new FillOutcome.Filled(BYTES.length));

    assertThat(served.blobs.find(DIGEST)).contains(new Stored(DIGEST, BYTES.length));
    assertThat(get(served.blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
    assertThat(served.ask(0, BYTES.length).get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
    assertThat(served.ask(5, 10).get(20, TimeUnit.SECONDS).body())
        .isEqualTo(Arrays.copyOfRange(BYTES, 5, 15));
  }

  @Test
  void whatIsNotWhatItsNameSaysIsNotKept() throws Exception {
    assertThat(get(served.blobs.put(DIGEST, Buffer.buffer("other"))))
        .isInstanceOf(FillOutcome.Failed.class);
    assertThat(served.blobs.find(DIGEST)).isEmpty();
  }

  @Test
  void theDiskHasThemOnceItTakesThem() throws Exception {
    get(served.blobs.put(DIGEST, Buffer.buffer(BYTES)));
    store.refuse(null);
    get(served.blobs.put(DIGEST, Buffer.buffer(BYTES)));

    assertThat(SomeBlobs.place(root, DIGEST)).hasBinaryContent(BYTES);
    assertThat(get(served.blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
  }
}
