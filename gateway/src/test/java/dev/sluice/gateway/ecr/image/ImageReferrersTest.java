package dev.sluice.gateway.ecr.image;

import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ListImageReferrers. */
class ImageReferrersTest {

  @AutoClose private final OperationBench bench = new OperationBench();
  private ImageRecord subject;

  @BeforeEach
  void fill() {
    subject = bench.keep(Images.image("subject", 90), "latest");
  }

  @Test
  void whatNamesTheSubjectIsShownAsItsManifestSays() {
    Digest sbom = refer("{\"annotations\":{\"made\":\"today\",\"odd\":1}}", "text/spdx");
    bench.keep(Images.referrer(Images.digest("x"), 9, "text/spdx", Images.digest("another")));

    assertThat(list(about()))
        .containsExactly(
            new JsonObject()
                .put("digest", sbom.toString())
                .put("mediaType", Images.MANIFEST)
                .put("size", 40)
                .put("artifactStatus", "ACTIVE")
                .put("artifactType", "text/spdx")
                .put("annotations", new JsonObject().put("made", "today")));
  }

  @Test
  void whoseBytesAreGoneIsShownWithoutAnnotations() {
    bench.keep(Images.referrer(Images.digest("gone"), 9, "text/spdx", subject.digest()));

    assertThat(list(about())).hasSize(1);
    assertThat(list(about()).getFirst().containsKey("annotations")).isFalse();
  }

  @Test
  void aFilterNamesTypes() {
    refer("{\"a\":1}", "text/spdx");
    Digest signature = refer("{\"b\":1}", "application/signature");
    JsonObject filter =
        new JsonObject().put("artifactTypes", new JsonArray().add("application/signature"));

    assertThat(list(about().put("filter", filter)))
        .extracting(each -> each.getString("digest"))
        .containsExactly(signature.toString());
    assertThat(list(about().put("filter", new JsonObject().put("artifactStatus", "ARCHIVED"))))
        .isEmpty();
    filter.put("artifactTypes", new JsonArray(List.of("1", "2", "3", "4", "5", "6")));
    assertThat(bench.failed("ListImageReferrers", about().put("filter", filter)).type())
        .isEqualTo(ErrorType.INVALID_PARAMETER);
  }

  @Test
  void aPageHasFiftyAtTheMost() {
    for (int i = 0; i < 60; i++) {
      refer("{\"a\":" + i + "}", "text/spdx");
    }
    JsonObject first = bench.done("ListImageReferrers", about());

    assertThat(first.getJsonArray("referrers")).hasSize(50);
    assertThat(list(about().put("nextToken", first.getString("nextToken")))).hasSize(10);
    assertThat(bench.failed("ListImageReferrers", about().put("maxResults", 51)).type())
        .isEqualTo(ErrorType.INVALID_PARAMETER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"subjectId\":{}}", "{\"subjectId\":{\"imageDigest\":\"x\"}}"})
  void thereMustBeASubject(String members) {
    JsonObject request = app().mergeIn(new JsonObject(members));

    assertThat(bench.failed("ListImageReferrers", request).type())
        .isEqualTo(ErrorType.INVALID_PARAMETER);
  }

  @Test
  void whoMayNotPullMayNotLook() {
    JsonObject request = about().put("repositoryName", "other/app");

    assertThat(bench.failed(OperationBench.PULLER, "ListImageReferrers", request).type())
        .isEqualTo(ErrorType.ACCESS_DENIED);
    assertThat(bench.failed("ListImageReferrers", request).type())
        .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
  }

  private Digest refer(String manifest, String type) {
    Digest digest = bench.store(manifest);
    bench.keep(Images.referrer(digest, manifest.length(), type, subject.digest()));
    return digest;
  }

  private List<JsonObject> list(JsonObject request) {
    return bench.done("ListImageReferrers", request).getJsonArray("referrers").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private JsonObject about() {
    return app().put("subjectId", new JsonObject().put("imageDigest", subject.digest().toString()));
  }
}
