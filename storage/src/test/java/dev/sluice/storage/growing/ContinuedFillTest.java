package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.ServedBlob.BYTES;
import static dev.sluice.storage.growing.ServedBlob.DIGEST;
import static dev.sluice.storage.growing.ServedBlob.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Continuation.Next;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Broken;
import dev.sluice.storage.FillOutcome.Filled;
import dev.sluice.storage.FillOutcome.Unstored;
import dev.sluice.storage.FillOutcome.Wrong;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.Breaks.Break;
import dev.sluice.storage.peer.Waiting;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fill whose stream breaks off goes on at the very byte, and its readers notice nothing. */
class ContinuedFillTest {

  private static final OptionalLong SIZE = OptionalLong.of(BYTES.length);

  @TempDir Path root;
  private final Breaks breaks = new Breaks();
  private final HandFedStream second = new HandFedStream();
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

  private void goOn(Break at) {
    at.next().complete(new Next.Onward(served.source(second)));
  }

  @Test
  void readersFromBeforeAndWithinABreakGetEveryByte() throws Exception {
    Future<FillOutcome> fill = served.fill(SIZE, breaks);
    CompletableFuture<HttpResponse<byte[]>> before = served.ask(0, BYTES.length);
    served.upstream.send(BYTES, 0, 1_234_567);
    served.upstream.fail("reset");
    Break cut = breaks.await();
    CompletableFuture<HttpResponse<byte[]>> within =
        served.ask(1_000_000, BYTES.length - 1_000_000);

    assertThat(cut.offset()).isEqualTo(1_234_567);
    assertThat(cut.how()).isEqualTo(new Broken("reset"));
    goOn(cut);
    second.send(BYTES, 1_234_567, BYTES.length);
    second.end();

    assertThat(get(fill)).isEqualTo(new Filled(BYTES.length));
    assertThat(before.get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
    assertThat(within.get(20, TimeUnit.SECONDS).body())
        .isEqualTo(Arrays.copyOfRange(BYTES, 1_000_000, BYTES.length));
    assertThat(breaks.isEmpty()).isTrue();
  }

  @Test
  void anEndShortOfTheSizeIsABreak() throws Exception {
    Future<FillOutcome> fill = served.fill(SIZE, breaks);
    served.upstream.send(BYTES, 0, BYTES.length - 1);
    served.upstream.end();
    Break cut = breaks.await();
    assertThat(cut.offset()).isEqualTo(BYTES.length - 1);
    goOn(cut);
    second.send(BYTES, BYTES.length - 1, BYTES.length);
    second.end();
    assertThat(get(fill)).isEqualTo(new Filled(BYTES.length));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everythingThatCameBeforeABreakIsWrittenFirst(boolean sizeKnown) throws Exception {
    store.hold();
    Future<FillOutcome> fill = served.fill(sizeKnown ? SIZE : OptionalLong.empty(), breaks);
    for (int at = 0; at < 2_000_000; at += 500) {
      served.upstream.send(BYTES, at, at + 500);
    }
    Waiting.until(served.upstream::wasPaused);
    served.upstream.fail("reset");
    assertThat(breaks.isEmpty()).isTrue();
    store.letGo();

    Break cut = breaks.await();
    assertThat(cut.offset()).isBetween(1L << 20, 1_999_999L);
    store.hold();
    goOn(cut);
    for (int at = (int) cut.offset(); at < BYTES.length; at += 500) {
      second.send(BYTES, at, Math.min(at + 500, BYTES.length));
    }
    second.end();
    Waiting.until(second::wasPaused);
    store.letGo();
    assertThat(get(fill)).isEqualTo(new Filled(BYTES.length));
    assertThat(get(served.blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
  }

  @Test
  void aBreakBehindTheLastByteIsNone() throws Exception {
    Future<FillOutcome> fill = served.fill(SIZE, breaks);
    served.upstream.send(BYTES, 0, BYTES.length);
    served.upstream.fail("reset");
    assertThat(get(fill)).isEqualTo(new Filled(BYTES.length));
    assertThat(breaks.isEmpty()).isTrue();
  }

  @Test
  void whatComesFromABrokenStreamLaterIsNotTaken() throws Exception {
    Future<FillOutcome> fill = served.fill(SIZE, breaks);
    served.upstream.send(BYTES, 0, 1000);
    served.upstream.fail("reset");
    served.upstream.send(BYTES, 1000, 5000);
    served.upstream.end();
    Break cut = breaks.await();
    goOn(cut);
    second.send(BYTES, 1000, BYTES.length);
    second.end();
    assertThat(get(fill)).isEqualTo(new Filled(BYTES.length));
  }

  @Test
  void whereNothingComesTheFillEndsAsTheContinuationSays() throws Exception {
    Future<FillOutcome> fill = served.fill(SIZE, breaks);
    CompletableFuture<HttpResponse<byte[]>> reader = served.ask(0, BYTES.length);
    served.upstream.send(BYTES, 0, 1000);
    served.upstream.fail("reset");
    breaks.await().next().complete(new Next.Over(new Wrong("it is another blob now")));

    assertThat(get(fill)).isEqualTo(new Wrong("it is another blob now"));
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    assertThat(served.blobs.find(DIGEST)).isEmpty();
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void aFullDiskIsNoBreakAndIsToldWithoutItsPaths() throws Exception {
    store.refuse(new FileSystemException("/secret/path", null, "No space left on device"));
    Future<FillOutcome> fill = served.fill(SIZE, breaks);
    served.upstream.send(BYTES, 0, 1000);

    assertThat(get(fill)).isEqualTo(new Unstored("No space left on device"));
    assertThat(breaks.isEmpty()).isTrue();
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void aBlobOfUnknownSizeIsNotTakenWithoutEnd() throws Exception {
    var writer = store.create(DIGEST, OptionalLong.empty());
    var blob = new GrowingBlob(OptionalLong.empty(), writer.file());
    Future<FillOutcome> fill =
        new BlobFill(writer, blob, 10_000, breaks, Runnable::run).start(served.source(second));
    second.send(BYTES, 0, 10_000);
    second.send(BYTES, 10_000, 10_001);

    assertThat(get(fill)).isEqualTo(new Wrong("it has more than 10000 bytes"));
    blob.release();
  }
}
