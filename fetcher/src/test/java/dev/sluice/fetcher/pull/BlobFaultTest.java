package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.MediaTypes;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Blobs that come in badly: a cut or a refusal, never a wrong body that ends well. */
class BlobFaultTest {

  private static final int SIZE = 200_000;

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;
  private Digest layer;

  @BeforeEach
  void open() {
    bench = new Bench(folder, BenchOptions.plain().impatient());
    image = bench.registry.image("app", "latest").layer(SIZE).layer(SIZE).push();
    layer = image.layer(0);
  }

  /** Faults, and whether no byte of the body may reach the client where its size is listed. */
  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("cuts", TravelFaults.cutAt(10), false),
        arguments("a cut right behind the head", TravelFaults.cutAt(0), false),
        arguments("resets", TravelFaults.resetAt(10), false),
        arguments("a reset right behind the head", TravelFaults.resetAt(0), false),
        arguments("a flipped bit", AnswerFaults.flipBitAt(SIZE / 3), false),
        arguments("a flipped last bit", AnswerFaults.flipBitAt(SIZE - 1), false),
        arguments("silence in the body", TravelFaults.stallAt(10), false),
        arguments("silence", TravelFaults.neverAnswer(), true),
        arguments("a closed connection", TravelFaults.closeUnanswered(), true),
        arguments("garbage", TravelFaults.garbage("\0\1\2\r\n\r\n"), true),
        arguments("no bytes", AnswerFaults.empty(), true),
        arguments("a login page", AnswerFaults.html(), true),
        arguments("compression", AnswerFaults.gzip(), true),
        arguments("a shorter blob", AnswerFaults.resizedTo(SIZE - 1), true),
        arguments("a longer blob", AnswerFaults.resizedTo(SIZE + 1), true),
        arguments("a length that lies", TravelFaults.declareLength(SIZE + 1), true),
        arguments("two lengths", AnswerFaults.extraHeader("Content-Length", "7"), true),
        arguments("length and chunks", AnswerFaults.lengthAndChunks(SIZE), true),
        arguments("a part", AnswerFaults.contentRange("bytes 0-9/10"), true),
        arguments(
            "a cut nobody can see", TravelFaults.untilClose().and(TravelFaults.cutAt(10)), false),
        arguments(
            "chunks that break off", TravelFaults.chunked().and(TravelFaults.cutAt(9)), false),
        arguments("a broken registry", AnswerFaults.status(500), true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void ofAListedBlobNothingWrongIsServedOrKept(String name, Fault fault, boolean refused) {
    bench.found("up/app", "latest");
    bench.registry.onGet(BLOBS).always(fault);

    End end = bench.read("up/app", layer);

    // What breaks off at once may be gone before its first reader has come, who is refused then.
    assertThat(end).isNotInstanceOf(End.Whole.class);
    if (refused) {
      assertThat(end).isInstanceOf(End.Refusal.class);
    }
    assertNothingIsLeftAndTheNextPullSucceeds();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void ofABlobOfUnknownSizeNothingWrongIsServedOrKept(String name, Fault fault, boolean refused) {
    bench.registry.onGet(BLOBS).always(fault);

    End end = bench.read("up/app", layer);

    assertThat(end).isNotInstanceOf(End.Whole.class);
    assertNothingIsLeftAndTheNextPullSucceeds();
  }

  private void assertNothingIsLeftAndTheNextPullSucceeds() {
    bench.drain();
    assertThat(bench.store.incomplete()).isEmpty();
    assertThat(bench.store.blobs()).doesNotContain(layer.hex());
    bench.registry.behave();
    // What was wrong twice is left alone for a while.
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(bench.read("up/app", layer))
        .isInstanceOfSatisfying(End.Whole.class, whole -> assertThat(whole.is(layer)).isTrue());
  }

  @Test
  void anotherBlobThanAskedForIsNotServedByThisName() {
    bench.found("up/app", "latest");
    bench.registry.onGet(BLOBS).always(AnswerFaults.bytesOf(image.layer(1)));
    assertThat(bench.read("up/app", layer)).isNotInstanceOf(End.Whole.class);
    assertNothingIsLeftAndTheNextPullSucceeds();
  }

  @Test
  void aManifestThatListsNoBytesUnderAnotherNameDoesNotMakeThemTrue() {
    String lie = "{\"schemaVersion\":2,\"layers\":[{\"digest\":\"" + layer + "\",\"size\":0}]}";
    var manifest = bench.registry.manifest("app", MediaTypes.OCI.manifest(), Content.of(lie));
    bench.found("up/app", manifest.digest());
    bench.registry.onGet(BLOBS).once(AnswerFaults.empty());
    bench.registry.onGet(BLOBS).always(TravelFaults.chunked());
    for (int i = 0; i < 2; i++) {
      assertThat(bench.read("up/app", layer)).isInstanceOf(End.Refusal.class);
      bench.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(bench.store.blobs()).containsExactly(manifest.digest().hex());
  }

  @RepeatedTest(5)
  void anAnswerThatBreaksOffAtOnceKeepsNobodyWaiting() {
    bench.registry.onGet(BLOBS).always(TravelFaults.cutAt(0));
    for (int i = 0; i < 5; i++) {
      assertThat(bench.read("up/app", layer)).isNotInstanceOf(End.Whole.class);
      bench.drain();
    }
    assertThat(bench.store.incomplete()).isEmpty();
  }

  @Test
  void aBodyWithoutAnEndIsDroppedOnceItIsTooLong() {
    bench.found("up/app", "latest");
    bench.registry.onGet(BLOBS).always(AnswerFaults.endless());
    assertThat(bench.read("up/app", layer)).isNotInstanceOf(End.Whole.class);
    bench.registry.awaitIdle();
    assertNothingIsLeftAndTheNextPullSucceeds();
  }
}
