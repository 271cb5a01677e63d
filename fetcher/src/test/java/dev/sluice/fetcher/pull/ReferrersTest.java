package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.fake.FakeRegistry.REFERRERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.ReferrersAnswer.Listed;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What refers to an image: upstream's word, and what is known here where upstream is silent. */
class ReferrersTest {

  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage app;
  private FakeImage signature;

  @BeforeEach
  void open() {
    bench = new Bench(folder, BenchOptions.plain().impatient());
    app = bench.registry.image("app", "v1").layer(10).push();
    signature = bench.registry.image("app").refersTo(app.manifest(), "a/signature").push();
  }

  @Test
  void upstreamIsAskedOnceHoweverManyAsk() {
    var gate = bench.registry.onGet(REFERRERS).holdHeaders();
    var asked =
        IntStream.range(0, 100).mapToObj(i -> bench.askReferrers("up/app", subject())).toList();
    bench.settle();
    gate.awaitHeld(1);
    gate.release();
    asked.forEach(
        answer ->
            assertThat(digests((Listed) Answers.await(answer))).containsExactly(digest(signature)));
    listed();
    assertThat(bench.registry.count("GET", REFERRERS)).isEqualTo(1);
  }

  @Test
  void upstreamIsAskedAgainAfterAWhile() {
    listed();
    FakeImage sbom = bench.registry.image("app").refersTo(app.manifest(), "a/sbom").push();
    assertThat(digests(listed())).containsExactly(digest(signature));
    bench.clock.advance(KeptReferrers.KEPT);
    assertThat(digests(listed())).contains(digest(signature), digest(sbom));
  }

  @Test
  void nothingRefersToWhatNobodyHasSigned() {
    Digest unknown = Digest.sha256(new byte[] {1});
    for (String repository : List.of("up/app", "up/none")) {
      Listed listed = (Listed) bench.referrers(repository, unknown);
      assertThat(listed.referrers()).isEmpty();
      assertThat(listed.staleReason()).isEmpty();
    }
  }

  @Test
  void everyPageOfUpstreamIsRead() {
    List<JsonObject> all =
        IntStream.range(0, 3).mapToObj(i -> descriptor("sha512:" + ("0" + i).repeat(64))).toList();
    bench
        .registry
        .onGet(REFERRERS)
        .once(page(all.get(2)).and(link("?page=2&token=a%3D")))
        .once(page(all.get(1)).and(link("https://elsewhere.example/v2/x?page=3")))
        .once(page(all.get(0)));

    assertThat(listed().referrers())
        .extracting(one -> new JsonObject(one.descriptor()))
        .containsExactlyElementsOf(all);
    assertThat(bench.registry.requests("GET", REFERRERS))
        .extracting(request -> request.query())
        .containsExactly("", "page=2&token=a%3D", "page=3");
  }

  @Test
  void pagesWithoutEndEndAndThatIsSaid() {
    var script = bench.registry.onGet(REFERRERS);
    for (int i = 0; i < 150; i++) {
      String digest = "sha256:%064x".formatted(i);
      script.once(page(descriptor(digest)).and(link("?page=" + i)));
    }
    Listed listed = listed();
    assertThat(listed.referrers()).hasSize(100);
    assertThat(listed.staleReason())
        .hasValueSatisfying(why -> assertThat(why).contains("more than is read"));
  }

  @Test
  void nobodyWaitsForSlowPagesWithoutEnd() {
    var script = bench.registry.onGet(REFERRERS);
    for (int i = 0; i < 3; i++) {
      script.once(page(descriptor("sha256:%064x".formatted(i))).and(link("?page=" + i)));
    }
    var gate = bench.registry.onGet(REFERRERS).holdHeaders();
    var asked = bench.askReferrers("up/app", subject());
    gate.awaitHeld(1);
    bench.clock.advance(UpstreamReferrers.PATIENCE.plusSeconds(1));
    gate.release();

    Listed listed = (Listed) Answers.await(asked);
    assertThat(listed.referrers()).hasSize(1);
    assertThat(listed.staleReason()).isPresent();
    assertThat(bench.registry.count("GET", REFERRERS)).isEqualTo(1);
  }

  @Test
  void onlyDescriptorsThatCanBeFollowedPass() {
    String good = Digest.sha256(new byte[] {7}).toString();
    JsonObject whole =
        descriptor(good)
            .put("artifactType", "a/b")
            .put("annotations", new JsonObject().put("made", "today").put("bad", 7))
            .put("urls", new JsonArray().add("http://169.254.169.254/"))
            .put("data", "AAAA");
    bench
        .registry
        .onGet(REFERRERS)
        .once(
            page(
                whole,
                descriptor("sha256:../../etc/passwd"),
                descriptor("sha256:" + "0A".repeat(32)),
                descriptor(digest(app).toString()).put("size", -1),
                descriptor(digest(app).toString()).put("mediaType", "a\r\nb"),
                new JsonObject()));

    assertThat(listed().referrers())
        .extracting(one -> new JsonObject(one.descriptor()))
        .containsExactly(
            descriptor(good)
                .put("artifactType", "a/b")
                .put("annotations", new JsonObject().put("made", "today")));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 400, 405, 406, 501})
  void theTagIsAskedWhereThereIsNoEndpoint(int status) {
    bench.registry.onGet(REFERRERS).always(AnswerFaults.status(status));
    listUnderTag();
    assertThat(digests(listed())).containsExactly(digest(signature));
    assertThat(listed().staleReason()).isEmpty();
  }

  @Test
  void withoutEndpointAndTagNothingRefersToAnImage() {
    bench.registry.onGet(REFERRERS).always(AnswerFaults.status(405));
    assertThat(listed()).isEqualTo(new Listed(List.of(), Optional.empty()));
  }

  @Test
  void anIndexThatIsNoneIsTrouble() {
    bench.registry.onGet(REFERRERS).always(AnswerFaults.body(INDEX, "[]"));
    assertThat(Answers.refused(bench.referrers("up/app", subject())).message())
        .contains("list of referrers");
  }

  @Test
  void anEndpointThatIsAPageForBrowsersIsNone() {
    bench.registry.onGet(REFERRERS).always(AnswerFaults.html());
    listUnderTag();
    assertThat(digests(listed())).containsExactly(digest(signature));
  }

  @Test
  void theTagOfASha512IsCut() {
    Digest subject = app.bytes().digest(Digest.Algorithm.SHA512);
    bench.registry.onGet(REFERRERS).always(AnswerFaults.status(404));
    listUnder("sha512-" + subject.hex().substring(0, 64));
    assertThat(digests((Listed) bench.referrers("up/app", subject)))
        .containsExactly(digest(signature));
  }

  @Test
  void anAnswerWithoutEndIsNoList() {
    bench
        .registry
        .onGet(REFERRERS)
        .once(AnswerFaults.body(INDEX, Content.of("{\"manifests\":[")).and(AnswerFaults.endless()));
    assertThat(Answers.refused(bench.referrers("up/app", subject())).message())
        .contains("longer than");
  }

  @Test
  void withoutUpstreamWhatIsCachedIsListed() {
    bench.found("up/app", digest(signature));
    bench.registry.onGet(REFERRERS).always(AnswerFaults.status(500));
    Listed listed = listed();
    assertThat(digests(listed)).containsExactly(digest(signature));
    assertThat(listed.referrers().getFirst().artifactType()).contains("a/signature");
    assertThat(listed.staleReason()).hasValueSatisfying(why -> assertThat(why).contains("500"));
  }

  @Test
  void withoutUpstreamItsLastWordCounts() {
    listed();
    bench.clock.advance(KeptReferrers.KEPT);
    bench.registry.onGet(REFERRERS).always(AnswerFaults.status(500));
    assertThat(digests(listed())).containsExactly(digest(signature));
    assertThat(listed().staleReason()).isPresent();

    bench.registry.behave();
    bench.clock.advance(Duration.ofMinutes(2));
    assertThat(listed().staleReason()).isEmpty();
  }

  @Test
  void withoutUpstreamNobodyClaimsThatThereIsNothing() {
    bench.registry.onGet(REFERRERS).always(AnswerFaults.status(500));
    var refused = Answers.refused(bench.referrers("up/app", subject()));
    assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);

    bench.clock.advance(KeptReferrers.TROUBLE_KEPT);
    bench.found("up/app", "v1");
    assertThat(listed().referrers()).isEmpty();
    assertThat(listed().staleReason()).isPresent();
  }

  @Test
  void whatUpstreamHasLostIsListedAsItIsServed() {
    bench.found("up/app", digest(signature));
    bench.registry.onGet(REFERRERS).always(page());
    assertThat(digests(listed())).containsExactly(digest(signature));
    assertThat(listed().staleReason()).isEmpty();
  }

  @Test
  void whatTheListDoesNotSayTheCachedManifestDoes() {
    bench.found("up/app", digest(signature));
    bench.registry.onGet(REFERRERS).always(page(descriptor(digest(signature).toString())));
    assertThat(listed().referrers())
        .extracting(Referrer::artifactType)
        .containsExactly(Optional.of("a/signature"));
  }

  @Test
  void aRepositoryThatNoRuleCoversIsUnknown() {
    assertThat(Answers.refused(bench.referrers("none/app", subject())).reason())
        .isEqualTo(Reason.NAME_UNKNOWN);
  }

  @Test
  void noPullIsCountedForWhatHasNoList() {
    bench.registry.onGet(REFERRERS).always(AnswerFaults.status(404));
    assertThat(listed().referrers()).isEmpty();
    listed();
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
  }

  private Listed listed() {
    return (Listed) bench.referrers("up/app", subject());
  }

  private Digest subject() {
    return app.manifest().digest();
  }

  private static Digest digest(FakeImage image) {
    return image.manifest().digest();
  }

  private static List<Digest> digests(Listed listed) {
    return listed.referrers().stream().map(Referrer::digest).toList();
  }

  private void listUnderTag() {
    listUnder("sha256-" + subject().hex());
  }

  private void listUnder(String tag) {
    JsonObject index =
        new JsonObject()
            .put("schemaVersion", 2)
            .put("mediaType", INDEX)
            .put(
                "manifests",
                new JsonArray()
                    .add(
                        descriptor(digest(signature).toString())
                            .put("artifactType", "a/signature")));
    var stored = bench.registry.manifest("app", INDEX, Content.of(index.encode()));
    bench.registry.tag("app", tag, stored.digest());
  }

  private static JsonObject descriptor(String digest) {
    return new JsonObject()
        .put("mediaType", "application/vnd.oci.image.manifest.v1+json")
        .put("digest", digest)
        .put("size", 7);
  }

  private static Fault page(JsonObject... descriptors) {
    return AnswerFaults.body(
        INDEX,
        new JsonObject()
            .put("schemaVersion", 2)
            .put("manifests", new JsonArray(List.of(descriptors)))
            .encode());
  }

  private static Fault link(String target) {
    return AnswerFaults.header("Link", '<' + target + ">; rel=\"next\"");
  }
}
