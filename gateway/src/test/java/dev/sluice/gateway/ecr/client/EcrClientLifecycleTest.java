package dev.sluice.gateway.ecr.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.metadata.ImageRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewNotFoundException;

/** Lifecycle policies, by the AWS SDK for Java. */
class EcrClientLifecycleTest {

  private static final String NAME = "team/app";
  private static final String KEEP_ONE =
      """
      {"rules": [{"rulePriority": 1, "description": "one stays", "selection": {"tagStatus": "any",
        "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "expire"}}]}
      """;

  @AutoClose private final EcrClientBench bench = new EcrClientBench();
  private final EcrClient client = bench.client;

  @BeforeEach
  void fill() {
    bench.operations.keep(Images.image("new", 90), "latest");
  }

  @Test
  void lifecyclePolicies() {
    assertThatExceptionOfType(LifecyclePolicyNotFoundException.class)
        .isThrownBy(() -> client.getLifecyclePolicy(each -> each.repositoryName(NAME)));
    client.putLifecyclePolicy(each -> each.repositoryName(NAME).lifecyclePolicyText(KEEP_ONE));

    assertThat(client.getLifecyclePolicy(each -> each.repositoryName(NAME)).lifecyclePolicyText())
        .isEqualTo(KEEP_ONE);
    client.deleteLifecyclePolicy(each -> each.repositoryName(NAME));
    assertThatExceptionOfType(LifecyclePolicyNotFoundException.class)
        .isThrownBy(() -> client.deleteLifecyclePolicy(each -> each.repositoryName(NAME)));
  }

  @Test
  void whatAPolicyWouldDoIsAwaitedAndShown() {
    ImageRecord old =
        bench.operations.keep(Images.image("old", 5, Images.NOON.minusSeconds(9)), "old");
    assertThatExceptionOfType(LifecyclePolicyPreviewNotFoundException.class)
        .isThrownBy(() -> client.getLifecyclePolicyPreview(each -> each.repositoryName(NAME)));
    client.startLifecyclePolicyPreview(
        each -> each.repositoryName(NAME).lifecyclePolicyText(KEEP_ONE));

    try (var waiter = client.waiter()) {
      var preview =
          waiter
              .waitUntilLifecyclePolicyPreviewComplete(each -> each.repositoryName(NAME))
              .matched()
              .response()
              .orElseThrow();
      assertThat(preview.previewResults().getFirst().imageDigest())
          .isEqualTo(old.digest().toString());
      assertThat(preview.summary().expiringImageTotalCount()).isEqualTo(1);
    }
  }
}
