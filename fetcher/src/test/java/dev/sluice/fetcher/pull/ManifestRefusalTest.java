package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.MediaTypes;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that are wrong: nothing of them is stored, and the next pull asks again. */
class ManifestRefusalTest {

  private static final String IMAGE = MediaTypes.OCI.manifest();
  private static final int CAP = 4 << 20;

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new Bench(folder, BenchOptions.plain().impatient());
    image = bench.registry.image("app", "latest").push();
  }

  static Stream<Arguments> wrongManifests() {
    String lie = Digest.sha256(new byte[] {1}).toString();
    return Stream.of(
        arguments("another one than announced", AnswerFaults.contentDigest(lie)),
        arguments("a malformed digest", AnswerFaults.contentDigest("sha256:zz")),
        arguments("a digest that breaks the line", AnswerFaults.contentDigest(lie + "\r\nX: y")),
        arguments("a flipped bit", AnswerFaults.flipBitAt(20)),
        arguments("a login page", AnswerFaults.html()),
        arguments("no bytes", AnswerFaults.empty()),
        arguments("a cut body", TravelFaults.cutAt(30)),
        arguments("a reset body", TravelFaults.resetAt(30)),
        arguments("a cut right behind the head", TravelFaults.cutAt(0)),
        arguments("a cut nobody can see", TravelFaults.untilClose().and(TravelFaults.cutAt(30))),
        arguments("a body that stops", TravelFaults.stallAt(30)),
        arguments("a trickle", TravelFaults.trickle(1, Duration.ofMillis(100))),
        arguments("compression", AnswerFaults.gzip()),
        arguments("two lengths", AnswerFaults.extraHeader("Content-Length", "7")),
        arguments("length and chunks", AnswerFaults.lengthAndChunks(30)),
        arguments("an endless body", AnswerFaults.endless()),
        arguments("headers without end", AnswerFaults.manyHeaders(100_000)),
        arguments("ambiguity", json("{'schemaVersion':2,'manifests':[],'layers':[]}")),
        arguments("schema 1", json("{'schemaVersion':1,'fsLayers':[]}")),
        arguments("no schema", json("{'layers':[]}")),
        arguments("an array", json("[1]")),
        arguments("a number", json("42")),
        arguments("an index called an image", json(typed(IMAGE, "manifests"))),
        arguments("an image called an index", json(typed(MediaTypes.OCI.index(), "layers"))),
        arguments("a type that breaks the line", json(typed("a/b\\r\\nX: y", "layers"))),
        arguments("deep nesting", json("[".repeat(100_000))),
        arguments("deep nesting inside", json("{'schemaVersion':2,'a':" + "[".repeat(9_000))),
        arguments("a number without end", json("{'schemaVersion':" + "2".repeat(100_000) + "}")));
  }

  private static String typed(String mediaType, String list) {
    return "{'schemaVersion':2,'mediaType':'" + mediaType + "','" + list + "':[]}";
  }

  private static Fault json(String text) {
    return AnswerFaults.body(IMAGE, text.replace('\'', '"'));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongManifests")
  void aWrongManifestIsRefusedAndNothingIsStored(String name, Fault fault) {
    bench.registry.onGet(MANIFESTS).always(fault);

    assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(Reason.UNAVAILABLE);

    assertThat(bench.store.blobs()).isEmpty();
    assertThat(bench.store.incomplete()).isEmpty();
    bench.registry.behave();
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());
  }

  @Test
  void anotherManifestThanAskedForByDigestIsRefused() {
    FakeImage other = bench.registry.image("app").layer(9).push();
    bench.registry.onGet(MANIFESTS).always(AnswerFaults.body(IMAGE, other.bytes()));

    for (int i = 0; i < 5; i++) {
      Refused refused = bench.refused("up/app", image.digest());
      assertThat(refused.message()).contains("sent another");
      assertThat(refused.retryAfter()).hasSeconds(1);
    }
    assertThat(bench.registry.count("GET", MANIFESTS)).as("one, and one clean retry").isEqualTo(2);

    assertThat(bench.store.blobs()).isEmpty();
  }

  @Test
  void fourMebibytesAreAManifestAndOneByteMoreIsNone() {
    Content largest = Content.of(" ".repeat(CAP - image.bytes().toBytes().length));
    String text = new String(image.bytes().toBytes(), StandardCharsets.UTF_8);
    String padding = new String(largest.toBytes(), StandardCharsets.UTF_8);
    bench.registry.onGet(MANIFESTS).once(AnswerFaults.body(IMAGE, text + padding + ' '));
    bench.registry.onGet(MANIFESTS).once(AnswerFaults.withoutHeader("Docker-Content-Digest"));
    assertThat(bench.refused("up/app", "latest").message()).contains("longer than " + CAP);
    assertThat(bench.store.blobs()).isEmpty();

    bench.registry.behave();
    bench.registry.onGet(MANIFESTS).once(AnswerFaults.body(IMAGE, text + padding));
    assertThat(bench.found("up/app", "latest").manifest().size()).isEqualTo(CAP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "9223372036854775808", "1e400", "1.5", "\"7\"", "null", "[]"})
  void aSenselessSizeIsNoSize(String size) {
    var layer = bench.registry.blob("app", Digest.Algorithm.SHA256, Content.seeded(5, 1000));
    String text = "{'schemaVersion':2,'layers':[{'digest':'" + layer + "','size':" + size + "}]}";
    var manifest = bench.registry.manifest("app", IMAGE, Content.of(text.replace('\'', '"')));

    bench.found("up/app", manifest.digest());

    assertThat(bench.read("up/app", layer)).matches(end -> end instanceof Download.End.Whole);
  }

  @Test
  void whatAManifestListsUnreadablyIsLeftOut() {
    String text =
        "{'schemaVersion':2,'config':7,'layers':[1,{},{'digest':5},{'digest':'md5:ab','size':1},"
            + "{'digest':'../../etc','urls':['http://169.254.169.254/']}]}";
    var manifest = bench.registry.manifest("app", IMAGE, Content.of(text.replace('\'', '"')));
    assertThat(bench.found("up/app", manifest.digest()).manifest().mediaType()).isEqualTo(IMAGE);
    assertThat(bench.registry.requests()).hasSize(1);
  }
}
