package dev.sluice.gateway.ecr.lifecycle;

import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.gateway.ecr.live.OperationBench;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lifecycle policies through the API. */
class LifecycleOperationsTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @BeforeEach
  void fill() {
    bench.make(APP);
  }

  @Test
  void aPolicyIsPutShownAndDropped() {
    JsonObject put = app().put("lifecyclePolicyText", Policies.untaggedAfter(14));
    JsonObject shown = put.copy().put("registryId", "123456789012");

    assertThat(bench.done("PutLifecyclePolicy", put)).isEqualTo(shown);
    assertThat(bench.done("GetLifecyclePolicy", app())).isEqualTo(shown);
    assertThat(bench.done("DeleteLifecyclePolicy", app())).isEqualTo(shown);
    for (String operation : List.of("GetLifecyclePolicy", "DeleteLifecyclePolicy")) {
      assertThat(bench.failed(operation, app()))
          .isEqualTo(
              new Failed(
                  ErrorType.LIFECYCLE_POLICY_NOT_FOUND,
                  "Lifecycle policy does not exist for the repository with name 'team/app' in the registry with id '123456789012'"));
    }
  }

  @Test
  void whenItWasEvaluatedIsShownUntilItChanges() {
    JsonObject put = app().put("lifecyclePolicyText", Policies.untaggedAfter(14));
    bench.done("PutLifecyclePolicy", put);
    await(bench.metadata.repositories().amend(APP, known -> known.evaluated(Images.NOON)));

    assertThat(bench.done("GetLifecyclePolicy", app()).getValue("lastEvaluatedAt"))
        .isEqualTo(new BigDecimal("1772366400.000"));

    bench.done("PutLifecyclePolicy", put);

    assertThat(bench.done("GetLifecyclePolicy", app()).containsKey("lastEvaluatedAt")).isFalse();
  }

  @Test
  void aTextThatIsNoPolicyIsRefused() {
    String text = Policies.untaggedAfter(14).replace("untagged", "sometimes");

    Failed failed = bench.failed("PutLifecyclePolicy", app().put("lifecyclePolicyText", text));

    assertThat(failed.type()).isEqualTo(ErrorType.INVALID_PARAMETER);
    assertThat(failed.message())
        .startsWith(
            "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ");
    assertThat(bench.failed("PutLifecyclePolicy", app().put("lifecyclePolicyText", "{}")).message())
        .contains("Member must have length greater than or equal to 100");
    assertThat(bench.failed("PutLifecyclePolicy", app()).message())
        .contains("'lifecyclePolicyText'", "Member must not be null");
    assertThat(bench.failed("GetLifecyclePolicy", app()).type())
        .isEqualTo(ErrorType.LIFECYCLE_POLICY_NOT_FOUND);
  }

  @Test
  void thereMustBeARepositoryAndAnAdministrator() {
    JsonObject request =
        new JsonObject()
            .put("repositoryName", "team/none")
            .put("lifecyclePolicyText", Policies.untaggedAfter(14));

    for (String operation :
        List.of("PutLifecyclePolicy", "GetLifecyclePolicy", "DeleteLifecyclePolicy")) {
      assertThat(bench.failed(operation, request).type())
          .as(operation)
          .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
      assertThat(bench.failed(OperationBench.PULLER, operation, request).type())
          .as(operation)
          .isEqualTo(ErrorType.ACCESS_DENIED);
    }
  }
}
