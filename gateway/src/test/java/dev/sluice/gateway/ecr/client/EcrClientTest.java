package dev.sluice.gateway.ecr.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.gateway.ecr.LiveEcr;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.InvalidTagParameterException;
import software.amazon.awssdk.services.ecr.model.RCTAppliedFor;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TemplateAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.TemplateNotFoundException;
import software.amazon.awssdk.services.ecr.model.TooManyTagsException;

/** The registry, repositories, resource tags and creation templates, by the AWS SDK for Java. */
class EcrClientTest {

  private static final String NAME = "docker-hub/library/alpine";

  private static final ImageTagMutabilityExclusionFilter LATEST =
      ImageTagMutabilityExclusionFilter.builder().filterType("WILDCARD").filter("latest*").build();

  @AutoClose private final EcrClientBench bench = new EcrClientBench();
  private final EcrClient client = bench.client;

  @Test
  void theClientKnowsEveryOperation() {
    Set<String> known =
        Arrays.stream(EcrClient.class.getMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());

    assertThat(bench.names())
        .doesNotHaveDuplicates()
        .hasSize(30)
        .allMatch(
            name ->
                known.contains(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1)));
  }

  @Test
  void whoMayOnlyPullIsTold() {
    try (EcrClient puller = bench.client(LiveEcr.PULLER)) {
      assertThat(puller.getAuthorizationToken().authorizationData()).hasSize(1);
      assertThatExceptionOfType(EcrException.class)
          .isThrownBy(() -> puller.createRepository(each -> each.repositoryName(NAME)))
          .satisfies(
              refused ->
                  assertThat(refused.awsErrorDetails().errorCode())
                      .isEqualTo("AccessDeniedException"));
    }
  }

  @Test
  void theRegistry() {
    assertThat(client.describeRegistry(each -> {}).registryId()).isEqualTo("123456789012");
    var login = client.getAuthorizationToken().authorizationData().getFirst();
    assertThat(login.proxyEndpoint()).isEqualTo("http://127.0.0.1:5000");
    assertThat(new String(Base64.getDecoder().decode(login.authorizationToken()), US_ASCII))
        .startsWith("AWS:");
    assertThat(login.expiresAt()).isAfter(Instant.now());
  }

  @Test
  void repositories() {
    Repository created =
        client
            .createRepository(
                each ->
                    each.repositoryName(NAME)
                        .imageScanningConfiguration(scan -> scan.scanOnPush(true))
                        .tags(Tag.builder().key("team").value("a").build()))
            .repository();
    assertThat(created.createdAt()).isEqualTo(bench.operations.clock.instant());
    assertThat(client.describeRepositories().repositories()).containsExactly(created);
    assertThatExceptionOfType(RepositoryAlreadyExistsException.class)
        .isThrownBy(() -> client.createRepository(each -> each.repositoryName(NAME)));
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> client.createRepository(each -> each.repositoryName("Upper")));

    var set =
        client.putImageTagMutability(
            each ->
                each.repositoryName(NAME)
                    .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                    .imageTagMutabilityExclusionFilters(LATEST));
    assertThat(set.imageTagMutabilityExclusionFilters()).containsExactly(LATEST);

    assertThat(client.deleteRepository(each -> each.repositoryName(NAME)).repository())
        .returns(NAME, Repository::repositoryName)
        .returns(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION, Repository::imageTagMutability);
    assertThatExceptionOfType(RepositoryNotFoundException.class)
        .isThrownBy(() -> client.describeRepositories(each -> each.repositoryNames(NAME)));
  }

  @Test
  void pagesOfRepositories() {
    for (int i = 0; i < 5; i++) {
      String name = "team/app-" + i;
      client.createRepository(each -> each.repositoryName(name));
    }

    assertThat(client.describeRepositoriesPaginator(each -> each.maxResults(2)).repositories())
        .hasSize(5);
  }

  @Test
  void resourceTags() {
    String arn =
        client.createRepository(each -> each.repositoryName(NAME)).repository().repositoryArn();
    Tag tag = Tag.builder().key("team").value("a").build();

    client.tagResource(each -> each.resourceArn(arn).tags(tag));
    assertThat(client.listTagsForResource(each -> each.resourceArn(arn)).tags())
        .containsExactly(tag);
    client.untagResource(each -> each.resourceArn(arn).tagKeys("team"));
    assertThat(client.listTagsForResource(each -> each.resourceArn(arn)).tags()).isEmpty();

    Tag reserved = Tag.builder().key("aws:team").value("a").build();
    assertThatExceptionOfType(InvalidTagParameterException.class)
        .isThrownBy(() -> client.tagResource(each -> each.resourceArn(arn).tags(reserved)));
    Tag[] many = new Tag[51];
    Arrays.setAll(many, i -> Tag.builder().key("k" + i).value("v").build());
    assertThatExceptionOfType(TooManyTagsException.class)
        .isThrownBy(() -> client.tagResource(each -> each.resourceArn(arn).tags(many)));
    assertThatExceptionOfType(RepositoryNotFoundException.class)
        .isThrownBy(() -> client.listTagsForResource(each -> each.resourceArn(arn + "x")));
  }

  @Test
  void creationTemplates() {
    var created =
        client
            .createRepositoryCreationTemplate(
                each ->
                    each.prefix("docker-hub")
                        .description("d")
                        .appliedFor(RCTAppliedFor.PULL_THROUGH_CACHE)
                        .resourceTags(Tag.builder().key("a").value("b").build()))
            .repositoryCreationTemplate();
    assertThat(
            client
                .describeRepositoryCreationTemplates(each -> each.prefixes("docker-hub"))
                .repositoryCreationTemplates())
        .containsExactly(created);
    assertThatExceptionOfType(TemplateAlreadyExistsException.class)
        .isThrownBy(
            () ->
                client.createRepositoryCreationTemplate(
                    each ->
                        each.prefix("docker-hub").appliedFor(RCTAppliedFor.PULL_THROUGH_CACHE)));
    assertThat(
            client
                .updateRepositoryCreationTemplate(each -> each.prefix("docker-hub").description(""))
                .repositoryCreationTemplate()
                .description())
        .isNull();
    client.deleteRepositoryCreationTemplate(each -> each.prefix("docker-hub"));
    assertThatExceptionOfType(TemplateNotFoundException.class)
        .isThrownBy(
            () -> client.deleteRepositoryCreationTemplate(each -> each.prefix("docker-hub")));
    assertThatExceptionOfType(TemplateNotFoundException.class)
        .isThrownBy(
            () -> client.updateRepositoryCreationTemplate(each -> each.prefix("docker-hub")));
  }
}
