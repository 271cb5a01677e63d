package dev.sluice.gateway.ecr.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.PullThroughCacheRule;
import software.amazon.awssdk.services.ecr.model.PullThroughCacheRuleAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.PullThroughCacheRuleNotFoundException;
import software.amazon.awssdk.services.ecr.model.SecretNotFoundException;
import software.amazon.awssdk.services.ecr.model.UnsupportedUpstreamRegistryException;

/**
 * What Terraform's AWS provider sends for {@code aws_ecr_pull_through_cache_rule}, and what it
 * compares with its state. An attribute that comes back otherwise than it was written down would
 * make it replace the rule at every run.
 */
class TerraformTest {

  private static final String ARN =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:" + EcrClientBench.CREDENTIAL;

  @AutoClose private final EcrClientBench bench = new EcrClientBench();
  private final EcrClient client = bench.client;

  @Test
  void aRuleComesBackAsItWasWrittenDown() {
    create("ecr-public", "public.ecr.aws");

    assertThat(read("ecr-public"))
        .returns("ecr-public", PullThroughCacheRule::ecrRepositoryPrefix)
        .returns("public.ecr.aws", PullThroughCacheRule::upstreamRegistryUrl)
        .returns("123456789012", PullThroughCacheRule::registryId)
        .returns(null, PullThroughCacheRule::credentialArn)
        .returns(null, PullThroughCacheRule::customRoleArn)
        .returns(null, PullThroughCacheRule::upstreamRepositoryPrefix);
  }

  @Test
  void soDoesAnUpstreamPrefix() {
    for (String prefix : List.of("ROOT", "team/mirror")) {
      client.createPullThroughCacheRule(
          each ->
              each.ecrRepositoryPrefix("of/" + prefix.length())
                  .upstreamRegistryUrl("111111111111.dkr.ecr.eu-west-3.amazonaws.com")
                  .upstreamRepositoryPrefix(prefix));

      assertThat(read("of/" + prefix.length()).upstreamRepositoryPrefix()).isEqualTo(prefix);
    }
  }

  @Test
  void aCredentialIsGivenAndChanged() {
    client.createPullThroughCacheRule(
        each ->
            each.ecrRepositoryPrefix("docker-hub")
                .upstreamRegistryUrl("registry-1.docker.io")
                .credentialArn(ARN));
    assertThat(read("docker-hub").credentialArn()).isEqualTo(ARN);

    client.updatePullThroughCacheRule(
        each -> each.ecrRepositoryPrefix("docker-hub").credentialArn(ARN + "-AbCdEf"));

    assertThat(read("docker-hub").credentialArn()).isEqualTo(ARN + "-AbCdEf");
    assertThatExceptionOfType(SecretNotFoundException.class)
        .isThrownBy(
            () ->
                client.updatePullThroughCacheRule(
                    each ->
                        each.ecrRepositoryPrefix("docker-hub")
                            .credentialArn(ARN.replace("docker-hub", "elsewhere"))));
    assertThat(
            client
                .validatePullThroughCacheRule(each -> each.ecrRepositoryPrefix("docker-hub"))
                .isValid())
        .isTrue();
  }

  @Test
  void aRuleThatIsGoneIsNotFoundAndDestroyedTwice() {
    create("ecr-public", "public.ecr.aws");
    delete("ecr-public");

    assertThatExceptionOfType(PullThroughCacheRuleNotFoundException.class)
        .isThrownBy(() -> read("ecr-public"));
    assertThatExceptionOfType(PullThroughCacheRuleNotFoundException.class)
        .isThrownBy(() -> delete("ecr-public"));
  }

  @Test
  void whatCannotBeMadeIsSaid() {
    create("ecr-public", "public.ecr.aws");

    assertThatExceptionOfType(PullThroughCacheRuleAlreadyExistsException.class)
        .isThrownBy(() -> create("ecr-public", "public.ecr.aws"));
    assertThatExceptionOfType(UnsupportedUpstreamRegistryException.class)
        .isThrownBy(() -> create("private", "10.0.0.1"));
  }

  private void create(String prefix, String url) {
    client.createPullThroughCacheRule(
        each -> each.ecrRepositoryPrefix(prefix).upstreamRegistryUrl(url));
  }

  /** As the provider reads: by prefix, through the paginator. */
  private PullThroughCacheRule read(String prefix) {
    var rules =
        client
            .describePullThroughCacheRulesPaginator(each -> each.ecrRepositoryPrefixes(prefix))
            .pullThroughCacheRules()
            .stream()
            .toList();
    assertThat(rules).hasSize(1);
    return rules.getFirst();
  }

  private void delete(String prefix) {
    client.deletePullThroughCacheRule(
        each -> each.ecrRepositoryPrefix(prefix).registryId("123456789012"));
  }
}
