package dev.sluice.gateway.ecr.image;

import static dev.sluice.gateway.ecr.live.Ids.id;
import static dev.sluice.gateway.ecr.live.Ids.tag;
import static dev.sluice.gateway.ecr.live.Images.image;
import static dev.sluice.gateway.ecr.live.Images.index;
import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.metadata.ImageRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DescribeImages. */
class DescribeImagesTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @Test
  void anIndexWeighsWhatItsLargestChildDoes() {
    ImageRecord small = bench.keep(image("small", 90));
    ImageRecord large = bench.keep(image("large", 290));
    ImageRecord index = bench.keep(index("index", small, large), "latest", "1");

    Map<String, JsonObject> details = details(app());

    assertThat(details.get(small.digest().toString()).getLong("imageSizeInBytes")).isEqualTo(100);
    assertThat(details.get(large.digest().toString()).getLong("imageSizeInBytes")).isEqualTo(300);
    assertThat(details.get(index.digest().toString()).getLong("imageSizeInBytes")).isEqualTo(300);
  }

  @Test
  void anIndexWithoutItsChildrenWeighsWhatItLists() {
    ImageRecord index = bench.keep(index("index", image("a", 90), image("b", 290)));
    ImageRecord empty = bench.keep(index("empty"));

    Map<String, JsonObject> details = details(app());

    assertThat(details.get(index.digest().toString()).getLong("imageSizeInBytes")).isEqualTo(500);
    assertThat(details.get(empty.digest().toString()).getLong("imageSizeInBytes")).isPositive();
  }

  @Test
  void everyMemberIsEcrs() {
    ImageRecord image = bench.keep(image("a", 90), "v1", "latest");
    await(bench.metadata.catalog().pulled(APP, image.digest(), Images.NOON.plusSeconds(60)));

    JsonObject detail = details(app()).get(image.digest().toString());

    assertThat(detail.encode())
        .isEqualTo(
            new JsonObject()
                .put("registryId", "123456789012")
                .put("repositoryName", "team/app")
                .put("imageDigest", image.digest().toString())
                .put("imageSizeInBytes", 100)
                .put("imagePushedAt", new BigDecimal("1772366400.000"))
                .put("imageManifestMediaType", Images.MANIFEST)
                .put("imageStatus", "ACTIVE")
                .put("imageTags", new JsonArray().add("latest").add("v1"))
                .put("artifactMediaType", Images.CONFIG)
                .put("lastRecordedPullTime", new BigDecimal("1772366460.000"))
                .encode());
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    ImageRecord subject = bench.keep(image("a", 90));
    ImageRecord referrer =
        bench.keep(Images.referrer(Images.digest("sbom"), 400, "text/spdx", subject.digest()));

    Map<String, JsonObject> details = details(app());

    assertThat(details.get(subject.digest().toString()).fieldNames())
        .doesNotContain("imageTags", "lastRecordedPullTime", "subjectManifestDigest");
    assertThat(details.get(referrer.digest().toString()).getString("subjectManifestDigest"))
        .isEqualTo(subject.digest().toString());
    assertThat(details.get(referrer.digest().toString()).getLong("imageSizeInBytes"))
        .isEqualTo(400);
  }

  @Test
  void imagesAreNamedByTagOrDigestAndShownOnce() {
    ImageRecord a = bench.keep(image("a", 90), "v1", "latest");
    ImageRecord b = bench.keep(image("b", 90));
    bench.keep(image("c", 90));

    JsonArray ids = new JsonArray().add(tag("latest")).add(id(b)).add(id(a, "v1"));

    assertThat(details(app().put("imageIds", ids)))
        .containsOnlyKeys(a.digest().toString(), b.digest().toString());
  }

  @ParameterizedTest
  @CsvSource({"none,", ", a0", "latest, b"})
  void anImageThatIsNotThereIsNotFound(String tag, String content) {
    bench.keep(image("a", 90), "latest");
    bench.keep(image("b", 90), "v1");
    JsonObject id = new JsonObject();
    String digest = content == null ? null : Images.digest(content).toString();
    if (tag != null) {
      id.put("imageTag", tag);
    }
    if (digest != null) {
      id.put("imageDigest", digest);
    }

    assertThat(bench.failed("DescribeImages", app().put("imageIds", new JsonArray().add(id))))
        .isEqualTo(
            new Failed(
                ErrorType.IMAGE_NOT_FOUND,
                "The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository with name 'team/app' in the registry with id '123456789012'"
                    .formatted(digest, tag)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"imageDigest\":\"sha256:a\"}", "{\"imageTag\":\"a/b\"}"})
  void wrongIdsAreRefused(String id) {
    bench.make(APP);
    JsonArray ids = new JsonArray().add(new JsonObject(id));

    assertThat(bench.failed("DescribeImages", app().put("imageIds", ids)).type())
        .isEqualTo(ErrorType.INVALID_PARAMETER);
  }

  private Map<String, JsonObject> details(JsonObject request) {
    return bench.done("DescribeImages", request).getJsonArray("imageDetails").stream()
        .map(JsonObject.class::cast)
        .collect(Collectors.toMap(each -> each.getString("imageDigest"), Function.identity()));
  }
}
