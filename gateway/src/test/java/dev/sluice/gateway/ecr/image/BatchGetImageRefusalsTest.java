package dev.sluice.gateway.ecr.image;

import static dev.sluice.gateway.ecr.live.Ids.tag;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** BatchGetImage where nothing is looked for. */
class BatchGetImageRefusalsTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @Test
  void aRepositoryWithoutWhatUpstreamHasNotIsNotThere() {
    bench.fetch.manifests(new Refused(Reason.NAME_UNKNOWN, "why", Duration.ZERO));

    assertThat(bench.failed("BatchGetImage", ask("team/none")).type())
        .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
    assertThat(bench.fetch.asked())
        .containsExactly(new ManifestRequest(new RepositoryName("team/none"), new Tag("latest")));
  }

  @Test
  void whyNothingCouldBePulledThroughIsSaidOfARepositoryThatIsNotThere() {
    bench.fetch.manifests(new Refused(Reason.UNAVAILABLE, "why", Duration.ZERO));

    assertThat(bench.done("BatchGetImage", ask("team/none")).getJsonArray("failures"))
        .hasSize(1)
        .first()
        .asString()
        .contains("UpstreamUnavailable");
  }

  @Test
  void withoutImagesNothingIsPulled() {
    assertThat(bench.failed("BatchGetImage", app()).message())
        .startsWith("Invalid parameter at 'imageIds' failed");
    assertThat(bench.fetch.asked()).isEmpty();
  }

  @Test
  void nothingIsPulledForWhoMayNot() {
    assertThat(bench.failed(OperationBench.PULLER, "BatchGetImage", ask("other/app")).type())
        .isEqualTo(ErrorType.ACCESS_DENIED);
    assertThat(bench.fetch.asked()).isEmpty();
  }

  private static JsonObject ask(String repository) {
    return new JsonObject()
        .put("repositoryName", repository)
        .put("imageIds", new JsonArray().add(tag("latest")));
  }
}
