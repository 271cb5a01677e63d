package dev.sluice.gateway.ecr.image;

import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GetDownloadUrlForLayer and BatchCheckLayerAvailability. */
class LayerOperationsTest {

  private static final Digest LAYER = Images.digest("a layer");

  @AutoClose private final OperationBench bench = new OperationBench();

  @BeforeEach
  void fill() {
    bench.keep(Images.image("a", 90), "latest");
  }

  @Test
  void theUrlOpensThisLayerOfThisRepositoryAndNothingElse() {
    var answer =
        (Done) bench.ask(OperationBench.PULLER, "GetDownloadUrlForLayer", layer(LAYER.toString()));

    String url = answer.body().getString("downloadUrl");
    assertThat(answer.body().getString("layerDigest")).isEqualTo(LAYER.toString());
    assertThat(url).startsWith("http://127.0.0.1:5000/v2/team/app/blobs/" + LAYER + "?ticket=");
    String ticket = url.substring(url.indexOf('=') + 1);
    assertThat(bench.tickets.admits(ticket, APP, LAYER)).isTrue();
    assertThat(bench.tickets.admits(ticket, APP, Images.digest("a config"))).isFalse();
    assertThat(bench.tickets.admits(ticket, new RepositoryName("team/b"), LAYER)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:aaaa",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha256:0000000000000000000000000000000000000000000000000000000000000000"
      })
  void aLayerThatIsNotThereIsNotFound(String digest) {
    assertThat(bench.failed("GetDownloadUrlForLayer", layer(digest)))
        .isEqualTo(
            new Failed(
                ErrorType.LAYERS_NOT_FOUND,
                "The layer with digest '%s' does not exist within the repository with name 'team/app' in the registry with id '123456789012'"
                    .formatted(digest)));
  }

  @Test
  void aDigestHasAForm() {
    assertThat(bench.failed("GetDownloadUrlForLayer", layer("latest")).message())
        .isEqualTo(
            "Invalid parameter at 'layerDigest' failed to satisfy constraint: 'must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+''");
    assertThat(bench.failed("GetDownloadUrlForLayer", app()).type())
        .isEqualTo(ErrorType.INVALID_PARAMETER);
  }

  @Test
  void availabilityIsToldOfEachLayer() {
    JsonArray digests =
        new JsonArray().add(LAYER.toString()).add("sha256:abc").add("").add("layer");

    JsonObject answer =
        bench.done("BatchCheckLayerAvailability", app().put("layerDigests", digests));

    assertThat(answer.getJsonArray("layers"))
        .containsExactly(
            new JsonObject()
                .put("layerDigest", LAYER.toString())
                .put("layerAvailability", "AVAILABLE")
                .put("layerSize", 90)
                .put("mediaType", Images.LAYER),
            new JsonObject()
                .put("layerDigest", "sha256:abc")
                .put("layerAvailability", "UNAVAILABLE"));
    assertThat(answer.getJsonArray("failures"))
        .extracting(each -> ((JsonObject) each).getString("failureCode"))
        .containsExactly("MissingLayerDigest", "InvalidLayerDigest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetDownloadUrlForLayer", "BatchCheckLayerAvailability"})
  void whoMayNotPullLearnsNothing(String operation) {
    JsonObject request =
        layer(LAYER.toString())
            .put("layerDigests", new JsonArray().add(LAYER.toString()))
            .put("repositoryName", "other/app");

    assertThat(bench.failed(OperationBench.PULLER, operation, request).type())
        .isEqualTo(ErrorType.ACCESS_DENIED);
    assertThat(bench.failed(operation, request).type()).isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
  }

  private static JsonObject layer(String digest) {
    return app().put("layerDigest", digest);
  }
}
