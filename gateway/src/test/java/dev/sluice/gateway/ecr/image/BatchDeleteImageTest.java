package dev.sluice.gateway.ecr.image;

import static dev.sluice.gateway.ecr.live.Ids.id;
import static dev.sluice.gateway.ecr.live.Ids.tag;
import static dev.sluice.gateway.ecr.live.Images.image;
import static dev.sluice.gateway.ecr.live.Images.index;
import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** BatchDeleteImage. */
class BatchDeleteImageTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @Test
  void aTagGoesAndWithItsLastTagTheImage() {
    ImageRecord image = bench.keep(image("a", 90), "v1", "latest");

    assertThat(deleted(delete(tag("v1")))).containsExactly(id(image, "v1"));
    assertThat(bench.deleted()).containsExactly("team/app:v1");
    assertThat(kept()).containsExactly(image.digest());

    assertThat(deleted(delete(tag("latest")))).containsExactly(id(image, "latest"));
    assertThat(kept()).isEmpty();
  }

  @Test
  void aDigestGoesWithAllItsTags() {
    ImageRecord image = bench.keep(image("a", 90), "v1", "latest");
    ImageRecord untagged = bench.keep(image("b", 90));

    JsonObject answer = delete(id(image), id(untagged));

    assertThat(deleted(answer))
        .containsExactlyInAnyOrder(id(image, "latest"), id(image, "v1"), id(untagged));
    assertThat(answer.getJsonArray("failures")).isEmpty();
    assertThat(kept()).isEmpty();
  }

  @Test
  void allTagsInOneRequestAreAsGoodAsTheDigest() {
    ImageRecord image = bench.keep(image("a", 90), "v1", "latest");

    JsonObject answer = delete(tag("v1"), id(image, "latest"), id(image));

    assertThat(deleted(answer)).containsExactlyInAnyOrder(id(image, "latest"), id(image, "v1"));
    assertThat(bench.deleted()).containsExactly("team/app@" + image.digest());
  }

  @Test
  void childrenStayWithTheirIndex() {
    ImageRecord child = bench.keep(image("child", 90), "amd64");
    ImageRecord index = bench.keep(index("index", child), "latest");

    JsonObject answer = delete(id(child), tag("amd64"));

    assertThat(deleted(answer)).isEmpty();
    assertThat(failures(answer))
        .containsOnly(
            Map.entry(id(child), "ImageReferencedByManifestList"),
            Map.entry(tag("amd64"), "ImageReferencedByManifestList"));
    assertThat(answer.getJsonArray("failures").getJsonObject(0).getString("failureReason"))
        .isEqualTo("Requested image referenced by manifest list: [" + index.digest() + "]");
    assertThat(bench.deleted()).isEmpty();
  }

  @Test
  void inOneRequestChildrenGoWithTheirIndexesInAnyOrder() {
    ImageRecord child = bench.keep(image("child", 90));
    ImageRecord inner = bench.keep(index("inner", child));
    ImageRecord outer = bench.keep(index("outer", inner), "latest");

    JsonObject answer = delete(id(child), id(inner), id(outer));

    assertThat(answer.getJsonArray("failures")).isEmpty();
    assertThat(deleted(answer)).hasSize(3);
    assertThat(kept()).isEmpty();
  }

  @Test
  void anIndexThatIsHeldBackHoldsBackItsChildren() {
    ImageRecord child = bench.keep(image("child", 90));
    ImageRecord inner = bench.keep(index("inner", child));
    bench.keep(index("outer", inner), "latest");

    JsonObject answer = delete(id(child), id(inner));

    assertThat(failures(answer))
        .containsOnly(
            Map.entry(id(child), "ImageReferencedByManifestList"),
            Map.entry(id(inner), "ImageReferencedByManifestList"));
    assertThat(kept()).hasSize(3);
  }

  @Test
  void anIndexThatOnlyLosesATagKeepsItsChildren() {
    ImageRecord child = bench.keep(image("child", 90));
    ImageRecord index = bench.keep(index("index", child), "latest", "v1");

    JsonObject answer = delete(tag("v1"), id(child));

    assertThat(deleted(answer)).containsExactly(id(index, "v1"));
    assertThat(failures(answer))
        .containsOnly(Map.entry(id(child), "ImageReferencedByManifestList"));
    assertThat(bench.deleted()).containsExactly("team/app:v1");
  }

  @Test
  void whatCannotBeDeletedFailsAlone() {
    ImageRecord a = bench.keep(image("a", 90), "v1");
    ImageRecord b = bench.keep(image("b", 90), "v2");
    JsonObject malformed = new JsonObject().put("imageDigest", "md5:abc");
    JsonObject unknown = id(Images.digest("c"));

    JsonObject answer =
        delete(new JsonObject(), malformed, tag(".x"), tag("none"), unknown, id(a, "v2"), id(b));

    assertThat(failures(answer))
        .containsOnly(
            Map.entry(new JsonObject(), "MissingDigestAndTag"),
            Map.entry(malformed, "InvalidImageDigest"),
            Map.entry(tag(".x"), "InvalidImageTag"),
            Map.entry(tag("none"), "ImageNotFound"),
            Map.entry(unknown, "ImageNotFound"),
            Map.entry(id(a, "v2"), "ImageTagDoesNotMatchDigest"));
    assertThat(deleted(answer)).containsExactly(id(b, "v2"));
  }

  @Test
  void onlyAdministratorsDelete() {
    bench.keep(image("a", 90), "v1");
    JsonObject request = app().put("imageIds", new JsonArray().add(tag("v1")));

    assertThat(bench.failed(OperationBench.PULLER, "BatchDeleteImage", request).message())
        .isEqualTo(
            "User: arn:aws:iam::123456789012:user/PULLER is not authorized to perform: ecr:BatchDeleteImage on resource: *");
    assertThat(bench.deleted()).isEmpty();
  }

  @Test
  void thereMustBeIdsAndARepository() {
    JsonArray ids = new JsonArray().add(tag("v1"));
    assertThat(bench.failed("BatchDeleteImage", app()).type())
        .isEqualTo(ErrorType.INVALID_PARAMETER);
    assertThat(bench.failed("BatchDeleteImage", app().put("imageIds", new JsonArray())).type())
        .isEqualTo(ErrorType.INVALID_PARAMETER);
    assertThat(bench.failed("BatchDeleteImage", app().put("imageIds", ids)).type())
        .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
  }

  private JsonObject delete(JsonObject... ids) {
    return bench.done("BatchDeleteImage", app().put("imageIds", new JsonArray(List.of(ids))));
  }

  private List<Digest> kept() {
    return await(bench.metadata.catalog().images(APP)).stream().map(ImageRecord::digest).toList();
  }

  private static List<JsonObject> deleted(JsonObject answer) {
    return answer.getJsonArray("imageIds").stream().map(JsonObject.class::cast).toList();
  }

  private static Map<JsonObject, String> failures(JsonObject answer) {
    return answer.getJsonArray("failures").stream()
        .map(JsonObject.class::cast)
        .collect(
            Collectors.toMap(
                each -> each.getJsonObject("imageId"), each -> each.getString("failureCode")));
  }
}
