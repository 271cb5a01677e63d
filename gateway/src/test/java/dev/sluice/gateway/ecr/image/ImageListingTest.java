package dev.sluice.gateway.ecr.image;

import static dev.sluice.gateway.ecr.live.Ids.id;
import static dev.sluice.gateway.ecr.live.Images.image;
import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DescribeImages and ListImages show: which images, and on how many pages. */
class ImageListingTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @ParameterizedTest
  @CsvSource({
    "tagStatus, TAGGED, v1",
    "tagStatus, UNTAGGED, -",
    "tagStatus, ANY, v1 -",
    "imageStatus, ACTIVE, v1 -",
    "imageStatus, ANY, v1 -",
    "imageStatus, ARCHIVED, ''",
    "imageStatus, ACTIVATING, ''"
  })
  void aFilterSaysWhichAreShown(String member, String value, String shown) {
    bench.keep(image("a", 90), "v1");
    bench.keep(image("b", 90));
    JsonObject request = app().put("filter", new JsonObject().put(member, value));
    List<String> expected = shown.isEmpty() ? List.of() : List.of(shown.split(" "));

    assertThat(
            ids(bench.done("ListImages", request)).stream()
                .map(id -> id.getString("imageTag", "-")))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(bench.done("DescribeImages", request).getJsonArray("imageDetails"))
        .hasSize(expected.size());
  }

  @Test
  void aFilterHasOnlyTheModelsValues() {
    bench.make(APP);
    JsonObject filter = new JsonObject().put("tagStatus", "tagged");

    for (String operation : List.of("ListImages", "DescribeImages")) {
      assertThat(bench.failed(operation, app().put("filter", filter)).message())
          .startsWith("Invalid parameter at 'filter.tagStatus' failed");
    }
  }

  @Test
  void thereIsOneEntryForEachTag() {
    ImageRecord a = bench.keep(image("a", 90), "v1", "latest");
    ImageRecord b = bench.keep(image("b", 90));

    assertThat(ids(bench.done("ListImages", app())))
        .containsExactlyInAnyOrder(id(a, "latest"), id(a, "v1"), id(b));
  }

  @Test
  void pagesHoldEverythingOnce() {
    for (int i = 0; i < 7; i++) {
      bench.keep(image("image " + i, 90), "v" + i, "w" + i);
    }

    assertThat(allPages("ListImages", 5, "imageIds")).hasSize(14).doesNotHaveDuplicates();
    assertThat(allPages("DescribeImages", 2, "imageDetails")).hasSize(7).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DescribeImages", "ListImages"})
  void whoMayPullMayLook(String operation) {
    RepositoryName other = new RepositoryName("other/app");
    bench.make(other);
    JsonObject about = new JsonObject().put("repositoryName", "other/app");

    assertThat(bench.failed(operation, app()).type()).isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
    assertThat(bench.failed(OperationBench.PULLER, operation, app()).type())
        .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
    assertThat(bench.failed(OperationBench.PULLER, operation, about).type())
        .isEqualTo(ErrorType.ACCESS_DENIED);
  }

  private List<Object> allPages(String operation, int size, String list) {
    List<Object> all = new ArrayList<>();
    JsonObject request = app().put("maxResults", size);
    JsonObject page;
    do {
      page = bench.done(operation, request);
      assertThat(page.getJsonArray(list)).hasSizeLessThanOrEqualTo(size);
      page.getJsonArray(list).forEach(all::add);
      request.put("nextToken", page.getString("nextToken"));
    } while (page.containsKey("nextToken"));
    return all;
  }

  private static List<JsonObject> ids(JsonObject answer) {
    return answer.getJsonArray("imageIds").stream().map(JsonObject.class::cast).toList();
  }
}
