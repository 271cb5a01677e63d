package dev.sluice.gateway.ecr.lifecycle;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a lifecycle policy would do. */
class PreviewOperationsTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @Test
  void whatWouldExpireIsShownAndStays() {
    ImageRecord old = bench.keep(image(0), "v0", "old");
    bench.keep(image(1), "v1");
    String policy = Policies.newest(1);

    JsonObject started = start(policy);
    JsonObject preview = bench.done("GetLifecyclePolicyPreview", app());

    JsonObject about = app().put("registryId", "123456789012").put("lifecyclePolicyText", policy);
    assertThat(started).isEqualTo(about.copy().put("status", "IN_PROGRESS"));
    JsonObject result =
        new JsonObject()
            .put("imageTags", new JsonArray().add("old").add("v0"))
            .put("imageDigest", old.digest().toString())
            .put("imagePushedAt", new BigDecimal("1772366400.000"))
            .put("action", new JsonObject().put("type", "EXPIRE"))
            .put("appliedRulePriority", 7);
    assertThat(preview)
        .isEqualTo(
            about
                .put("status", "COMPLETE")
                .put("previewResults", new JsonArray().add(result))
                .put("summary", new JsonObject().put("expiringImageTotalCount", 1)));
    assertThat(bench.deleted()).isEmpty();
  }

  @Test
  void withoutATextTheRepositorysOwnPolicyIsTried() {
    bench.keep(image(0));
    bench.clock.advance(Duration.ofDays(20));

    assertThat(bench.failed("StartLifecyclePolicyPreview", app()).type())
        .isEqualTo(ErrorType.LIFECYCLE_POLICY_NOT_FOUND);

    bench.done("PutLifecyclePolicy", app().put("lifecyclePolicyText", Policies.untaggedAfter(14)));
    bench.done("StartLifecyclePolicyPreview", app());

    assertThat(results(app())).hasSize(1);
  }

  @Test
  void withoutAStartThereIsNoPreview() {
    bench.make(APP);

    assertThat(bench.failed("GetLifecyclePolicyPreview", app()))
        .isEqualTo(
            new Failed(
                ErrorType.LIFECYCLE_POLICY_PREVIEW_NOT_FOUND,
                "Lifecycle policy preview does not exist for the repository with name 'team/app' in the registry with id '123456789012'"));
  }

  @Test
  void thePreviewOfADeletedRepositoryIsNotItsSuccessors() {
    bench.make(APP);
    start(Policies.newest(1));
    await(bench.metadata.repositories().remove(APP));
    bench.clock.advance(Duration.ofSeconds(1));
    bench.make(APP);

    assertThat(bench.failed("GetLifecyclePolicyPreview", app()).type())
        .isEqualTo(ErrorType.LIFECYCLE_POLICY_PREVIEW_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({"TAGGED, v0", "UNTAGGED, -", "ANY, v0 -"})
  void aFilterSaysWhichAreShown(String status, String tags) {
    bench.keep(image(0), "v0");
    bench.keep(image(1));
    bench.keep(image(2), "v2");
    start(Policies.newest(1));
    JsonObject filter = new JsonObject().put("tagStatus", status);

    assertThat(results(app().put("filter", filter)))
        .extracting(each -> each.getJsonArray("imageTags"))
        .extracting(list -> list.isEmpty() ? "-" : list.getString(0))
        .containsExactlyInAnyOrder(tags.split(" "));
  }

  @Test
  void idsSayWhichAreShown() {
    ImageRecord first = bench.keep(image(0), "v0");
    ImageRecord second = bench.keep(image(1), "v1");
    bench.keep(image(2), "v2");
    bench.keep(image(3), "v3");
    start(Policies.newest(1));

    JsonArray ids =
        new JsonArray()
            .add(new JsonObject().put("imageTag", "v0"))
            .add(new JsonObject().put("imageDigest", second.digest().toString()))
            .add(new JsonObject().put("imageTag", "v3"))
            .add(new JsonObject());

    assertThat(results(app().put("imageIds", ids)))
        .extracting(each -> each.getString("imageDigest"))
        .containsExactlyInAnyOrder(first.digest().toString(), second.digest().toString());
  }

  @Test
  void pagesHoldEverythingOnce() {
    for (int i = 0; i < 8; i++) {
      bench.keep(image(i));
    }
    start(Policies.newest(1));
    List<String> all = new ArrayList<>();
    JsonObject request = app().put("maxResults", 3);
    JsonObject page;
    do {
      page = bench.done("GetLifecyclePolicyPreview", request);
      page.getJsonArray("previewResults")
          .forEach(each -> all.add(((JsonObject) each).getString("imageDigest")));
      request.put("nextToken", page.getString("nextToken"));
    } while (page.containsKey("nextToken"));

    assertThat(all).hasSize(7).doesNotHaveDuplicates();
    assertThat(page.getJsonObject("summary").getInteger("expiringImageTotalCount")).isEqualTo(7);
    assertThat(bench.failed("GetLifecyclePolicyPreview", app().put("maxResults", 101)).type())
        .isEqualTo(ErrorType.INVALID_PARAMETER);
  }

  private static ImageRecord image(int minute) {
    return Images.image("image " + minute, 90, Images.NOON.plusSeconds(60L * minute));
  }

  private JsonObject start(String policy) {
    return bench.done("StartLifecyclePolicyPreview", app().put("lifecyclePolicyText", policy));
  }

  private List<JsonObject> results(JsonObject request) {
    return bench.done("GetLifecyclePolicyPreview", request).getJsonArray("previewResults").stream()
        .map(JsonObject.class::cast)
        .toList();
  }
}
