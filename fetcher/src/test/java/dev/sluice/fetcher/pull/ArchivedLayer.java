package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;

/** An image that was pulled through {@code up/app}, and whose layer only the archive has now. */
final class ArchivedLayer implements AutoCloseable {

  static final int SIZE = 200_000;
  static final int HALF = SIZE / 2;
  static final Content BYTES = Content.seeded(11, SIZE);

  final FakeArchive archive = new FakeArchive();
  final Bench bench;
  final FakeRegistry registry;
  final FakeImage image;
  final Digest layer;

  ArchivedLayer(Path folder) {
    bench = new Bench(folder, BenchOptions.plain().archive(archive));
    registry = bench.registry;
    image = registry.image("app", "latest").layer(BYTES).push();
    layer = image.layer(0);
    bench.found("up/app", "latest");
    assertWhole(bench.read("up/app", layer));
    bench.drain();
    archive.takeFrom(bench.store, layer);
    archive.forgetAsked();
    registry.forgetRequests();
  }

  /** Reads the half, lets the stream be cut there, and reads on. */
  End readAcross(FakeArchive.Held hold) {
    Download download = await(bench.download("up/app", layer));
    byte[] before = download.next(HALF);
    hold.cut();
    return download.end() instanceof End.Whole(var after)
        ? new End.Whole(Buffer.buffer(before).appendBuffer(after))
        : new End.Cut();
  }

  void assertServed() {
    assertWhole(bench.read("up/app", layer));
    assertKept();
  }

  void assertWhole(End end) {
    assertThat(end).isInstanceOfSatisfying(End.Whole.class, w -> assertThat(w.is(layer)).isTrue());
  }

  /** It was cut or refused, unless whoever read it came late enough for the right bytes. */
  void assertNotWrong(End end) {
    if (end instanceof End.Whole) {
      assertWhole(end);
    }
  }

  /** It is on the disk again, and nothing half is. */
  void assertKept() {
    bench.drain();
    assertThat(bench.store.blobs()).contains(layer.hex());
    assertThat(bench.store.incomplete()).isEmpty();
  }

  @Override
  public void close() {
    bench.close();
    archive.close();
  }
}
