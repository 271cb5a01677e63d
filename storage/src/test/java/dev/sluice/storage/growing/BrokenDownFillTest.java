package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.ServedBlob.BYTES;
import static dev.sluice.storage.growing.ServedBlob.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Unstored;
import dev.sluice.storage.disk.DiskBlobStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fill that something breaks which nobody foresaw: it ends, and so do its readers. */
class BrokenDownFillTest {

  private static final OptionalLong SIZE = OptionalLong.of(BYTES.length);

  @TempDir Path root;
  private final Breaks breaks = new Breaks();
  private BalkyStore store;
  private ServedBlob served;

  @BeforeEach
  void open() throws Exception {
    store = new BalkyStore(DiskBlobStore.open(root));
    served = new ServedBlob(store);
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  @Test
  void whatNobodyForesawEndsTheFillAndItsReaders() throws Exception {
    Future<FillOutcome> fill = served.fill(SIZE, breaks);
    CompletableFuture<HttpResponse<byte[]>> reader = served.ask(0, BYTES.length);
    store.refuse(new OutOfMemoryError("for the test"));
    served.upstream.send(BYTES, 0, 10);
    assertThat(get(fill)).isInstanceOf(Unstored.class);
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    assertThat(breaks.isEmpty()).isTrue();
  }

  @Test
  void aContinuationThatFailsEndsTheFill() throws Exception {
    Future<FillOutcome> fill = served.fill(SIZE, breaks);
    served.upstream.fail("reset");
    breaks.await().next().fail(new OutOfMemoryError("for the test"));
    assertThat(get(fill)).isInstanceOf(Unstored.class);
  }
}
