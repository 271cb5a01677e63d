package dev.sluice.gateway.ecr.image;

import static dev.sluice.gateway.ecr.live.Ids.tag;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.OperationBench;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** BatchGetImage where nothing is looked for. */
class BatchGetImageRefusalsTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @Test
  void aRepositoryThatIsNotThereIsNotPulledThrough() {
    JsonObject request =
        new JsonObject()
            .put("repositoryName", "team/none")
            .put("imageIds", new JsonArray().add(tag("latest")));

    assertThat(bench.failed("BatchGetImage", request).type())
        .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
    assertThat(bench.failed("BatchGetImage", app()).message())
        .startsWith("Invalid parameter at 'imageIds' failed");
    assertThat(bench.fetch.asked()).isEmpty();
  }

  @Test
  void nothingIsPulledForWhoMayNot() {
    JsonObject request =
        new JsonObject()
            .put("repositoryName", "other/app")
            .put("imageIds", new JsonArray().add(tag("latest")));

    assertThat(bench.failed(OperationBench.PULLER, "BatchGetImage", request).type())
        .isEqualTo(ErrorType.ACCESS_DENIED);
    assertThat(bench.fetch.asked()).isEmpty();
  }
}
