package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.TravelFaults.cutAt;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;

/** A layer whose manifest is here, and whose body may break off in the middle. */
final class CutBlob implements AutoCloseable {

  static final int SIZE = 200_000;
  static final int HALF = SIZE / 2;

  final Bench bench;
  final FakeRegistry registry;
  final Digest layer;
  private final Gate cut = new Gate();

  CutBlob(Path folder, BenchOptions options) {
    bench = new Bench(folder, options);
    registry = bench.registry;
    layer = registry.image("app", "latest").layer(SIZE).push().layer(0);
    bench.found("up/app", "latest");
    registry.forgetRequests();
  }

  /** A cut behind bytes that a reader has; what comes at once with a head may be lost. */
  Fault cutAtHalf() {
    return TravelFaults.holdAt(HALF, cut).and(cutAt(HALF));
  }

  /** Lets the cut happen. */
  void cut() {
    cut.release();
  }

  /** Reads the half, lets the cut happen, and reads on. */
  End readAcrossTheCut() {
    Download download = await(bench.download("up/app", layer));
    byte[] before = download.next(HALF);
    cut();
    return download.end() instanceof End.Whole(var after)
        ? new End.Whole(Buffer.buffer(before).appendBuffer(after))
        : new End.Cut();
  }

  void assertServedAcrossTheCut() {
    assertWhole(readAcrossTheCut());
    assertNothingIsLeft();
  }

  void assertServed() {
    assertWhole(bench.read("up/app", layer));
    assertNothingIsLeft();
  }

  void assertWhole(End end) {
    assertThat(end).isInstanceOfSatisfying(End.Whole.class, w -> assertThat(w.is(layer)).isTrue());
  }

  void assertNothingIsLeft() {
    bench.drain();
    assertThat(bench.store.incomplete()).isEmpty();
  }

  /** The requests for blobs so far. */
  List<RecordedRequest> gets() {
    return registry.requests("GET", BLOBS);
  }

  @Override
  public void close() {
    bench.close();
  }
}
