package dev.sluice.gateway.ecr.image;

import static dev.sluice.gateway.ecr.live.Ids.id;
import static dev.sluice.gateway.ecr.live.Ids.tag;
import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.metadata.Reference.ByDigest;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BatchGetImage: what a pull gets, in one answer. */
class BatchGetImageTest {

  /** Blanks, an escape and letters of more than one byte: all must come back as they are. */
  private static final String MANIFEST =
      "{\n  \"schemaVersion\": 2,\t\"note\": \"\\u00e9 \u00e9 \u4e2d\"  }\n";

  @AutoClose private final OperationBench bench = new OperationBench();
  private Digest digest;

  @BeforeEach
  void fill() {
    bench.make(APP);
    digest = bench.store(MANIFEST);
  }

  @Test
  void manifestsComeByteForByteAsAPullGetsThem() {
    bench.fetch.manifests(found(), found());

    JsonObject answer = get(tag("latest"), id(digest));

    assertThat(answer.getJsonArray("failures")).isEmpty();
    assertThat(answer.getJsonArray("images"))
        .containsExactly(image(id(digest).put("imageTag", "latest")), image(id(digest)));
    assertThat(bench.fetch.asked())
        .containsExactly(
            new ManifestRequest(APP, new Tag("latest")),
            new ManifestRequest(APP, new ByDigest(digest)));
  }

  @Test
  void anImageIsNotedAsPulledOnceAnHour() {
    bench.fetch.manifests(found(), found(), found(), found());

    get(tag("latest"), id(digest));
    bench.clock.advance(Duration.ofMinutes(59));
    get(tag("latest"));
    assertThat(bench.fetch.pulled()).containsExactly("team/app@" + digest);

    bench.clock.advance(Duration.ofMinutes(1));
    get(tag("latest"));
    assertThat(bench.fetch.pulled()).hasSize(2);
  }

  @Test
  void whatIsBrokenHereFailsAloneAndIsNoPull() {
    Digest lost = Images.digest("lost");
    bench.fetch.manifests(found(new Descriptor(lost, Images.MANIFEST, 9)));
    bench.fetch.manifest(Future.failedFuture("a bug"));
    bench.fetch.manifests(found());

    JsonObject answer = get(tag("lost"), tag("bug"), tag("latest"));

    assertThat(answer.getJsonArray("images")).hasSize(1);
    String reason = "Sluice failed on this image; its log says why";
    assertThat(answer.getJsonArray("failures"))
        .containsExactly(
            failure(tag("lost"), "ImageInaccessible", reason),
            failure(tag("bug"), "ImageInaccessible", reason));
    assertThat(bench.fetch.pulled()).containsExactly("team/app@" + digest);
  }

  @ParameterizedTest
  @CsvSource({
    "NAME_UNKNOWN, ImageNotFound, Requested image not found",
    "MANIFEST_UNKNOWN, ImageNotFound, Requested image not found",
    "DENIED, UpstreamAccessDenied, why",
    "TOO_MANY_REQUESTS, UpstreamTooManyRequests, why",
    "UNAVAILABLE, UpstreamUnavailable, why"
  })
  void whatCannotBePulledFailsAlone(Refused.Reason reason, String code, String message) {
    bench.fetch.manifests(new Refused(reason, "why", Duration.ZERO), found());

    JsonObject answer = get(tag("none"), tag("latest"));

    assertThat(answer.getJsonArray("images")).hasSize(1);
    assertThat(answer.getJsonArray("failures"))
        .containsExactly(failure(tag("none"), code, message));
  }

  @Test
  void wrongIdsFailAloneAndAreNotAsked() {
    bench.fetch.manifests(found());
    JsonObject short5 = new JsonObject().put("imageDigest", "sha256:abcde");

    JsonObject answer = get(new JsonObject(), short5, tag("-x"), tag("latest"));

    assertThat(answer.getJsonArray("failures"))
        .extracting(each -> ((JsonObject) each).getString("failureCode"))
        .containsExactly("MissingDigestAndTag", "InvalidImageDigest", "InvalidImageTag");
    assertThat(answer.getJsonArray("images")).hasSize(1);
    assertThat(bench.fetch.asked()).hasSize(1);
  }

  @Test
  void aTagThatPointsElsewhereDoesNotMatch() {
    bench.fetch.manifests(found());
    JsonObject id = id(Images.digest("other")).put("imageTag", "latest");
    assertThat(get(id).getJsonArray("failures"))
        .containsExactly(
            failure(
                id,
                "ImageTagDoesNotMatchDigest",
                "Requested image tag does not point to the requested digest"));
  }

  @Test
  void onlyAcceptedMediaTypesAreGiven() {
    bench.fetch.manifests(found(), found());
    JsonObject request = app().put("imageIds", new JsonArray().add(tag("latest")));

    JsonObject index =
        bench.done(
            "BatchGetImage",
            request.copy().put("acceptedMediaTypes", new JsonArray().add(Images.INDEX)));
    JsonObject image =
        bench.done(
            "BatchGetImage",
            request.copy().put("acceptedMediaTypes", new JsonArray().add(Images.MANIFEST)));

    assertThat(index.getJsonArray("images")).isEmpty();
    assertThat(index.getJsonArray("failures").getJsonObject(0).getString("failureCode"))
        .isEqualTo("ImageNotFound");
    assertThat(image.getJsonArray("images")).hasSize(1);
  }

  @Test
  void anAnswerDoesNotOutgrowItsLimit() {
    var large = new Descriptor(digest, Images.MANIFEST, BatchGetImage.LARGEST_ANSWER - 100);
    bench.fetch.manifests(found(large), found(large));
    JsonArray both = new JsonArray().add(tag("a")).add(tag("b"));

    assertThat(bench.failed("BatchGetImage", app().put("imageIds", both)).type())
        .isEqualTo(ErrorType.LIMIT_EXCEEDED);
  }

  private JsonObject get(JsonObject... ids) {
    return bench.done("BatchGetImage", app().put("imageIds", new JsonArray(List.of(ids))));
  }

  private Found found() {
    return found(new Descriptor(digest, Images.MANIFEST, MANIFEST.length()));
  }

  private Found found(Descriptor manifest) {
    return new Found(
        manifest, Provenance.HIT, Optional.empty(), bench.clock.instant(), Optional.empty());
  }

  private static JsonObject image(JsonObject id) {
    return app()
        .put("registryId", "123456789012")
        .put("imageId", id)
        .put("imageManifest", MANIFEST)
        .put("imageManifestMediaType", Images.MANIFEST);
  }

  private static JsonObject failure(JsonObject id, String code, String reason) {
    return new JsonObject()
        .put("imageId", id)
        .put("failureCode", code)
        .put("failureReason", reason);
  }
}
