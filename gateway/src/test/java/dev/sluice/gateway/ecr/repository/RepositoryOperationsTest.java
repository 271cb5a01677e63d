package dev.sluice.gateway.ecr.repository;

import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static dev.sluice.gateway.ecr.live.OperationBench.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.Images;
import dev.sluice.gateway.ecr.live.OperationBench;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repositories are made, set and deleted through the API. */
class RepositoryOperationsTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @Test
  void oneThatIsCreatedIsShownAsItWasSet() {
    JsonObject request =
        new JsonObject(
            """
            {"repositoryName": "team/app", "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
             "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "latest*"}],
             "imageScanningConfiguration": {"scanOnPush": true},
             "encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": "alias/a"},
             "tags": [{"Key": "a", "Value": "b"}]}
            """);

    JsonObject created = bench.done("CreateRepository", request).getJsonObject("repository");

    assertThat(created.getMap())
        .containsEntry("registryId", "123456789012")
        .containsEntry("repositoryName", "team/app")
        .containsEntry("repositoryArn", "arn:aws:ecr:us-east-1:123456789012:repository/team/app")
        .containsEntry("repositoryUri", "127.0.0.1:5000/team/app")
        .containsEntry("createdAt", new BigDecimal("1772366400.000"))
        .containsEntry("imageTagMutability", "IMMUTABLE_WITH_EXCLUSION");
    for (String member :
        List.of(
            "imageTagMutabilityExclusionFilters",
            "imageScanningConfiguration",
            "encryptionConfiguration")) {
      assertThat(created.getValue(member)).as(member).isEqualTo(request.getValue(member));
    }
    assertThat(shown(new JsonObject()).encode()).isEqualTo(new JsonArray().add(created).encode());
  }

  @Test
  void oneOfWhichNothingIsSaidHasEcrsDefaults() {
    JsonObject created = bench.done("CreateRepository", app()).getJsonObject("repository");

    assertThat(created.getString("imageTagMutability")).isEqualTo("MUTABLE");
    assertThat(created.containsKey("imageTagMutabilityExclusionFilters")).isFalse();
    assertThat(created.getJsonObject("encryptionConfiguration"))
        .isEqualTo(new JsonObject().put("encryptionType", "AES256"));
    assertThat(created.getJsonObject("imageScanningConfiguration"))
        .isEqualTo(new JsonObject().put("scanOnPush", false));
  }

  @Test
  void theSecondOfANameIsRefused() {
    bench.done("CreateRepository", app());

    assertThat(bench.failed("CreateRepository", app()))
        .isEqualTo(
            new Failed(
                ErrorType.REPOSITORY_ALREADY_EXISTS,
                "The repository with name 'team/app' already exists in the registry with id '123456789012'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'imageTagMutability': 'SOMETIMES' | imageTagMutability",
        "'imageTagMutability': 'IMMUTABLE_WITH_EXCLUSION' | imageTagMutabilityExclusionFilters",
        "'imageTagMutability': 'MUTABLE', 'imageTagMutabilityExclusionFilters': [{'filterType': 'WILDCARD', 'filter': 'a'}] | imageTagMutabilityExclusionFilters",
        "'imageTagMutability': 'MUTABLE_WITH_EXCLUSION', 'imageTagMutabilityExclusionFilters': [] | imageTagMutabilityExclusionFilters",
        "'imageTagMutability': 'MUTABLE_WITH_EXCLUSION', 'imageTagMutabilityExclusionFilters': [{'filterType': 'REGEX', 'filter': 'a'}] | imageTagMutabilityExclusionFilters.1.member.filterType",
        "'imageTagMutability': 'MUTABLE_WITH_EXCLUSION', 'imageTagMutabilityExclusionFilters': [{'filterType': 'WILDCARD', 'filter': 'a/b'}] | imageTagMutabilityExclusionFilters.1.member.filter",
        "'imageTagMutability': 'MUTABLE_WITH_EXCLUSION', 'imageTagMutabilityExclusionFilters': [{'filterType': 'WILDCARD'}] | imageTagMutabilityExclusionFilters.1.member.filter",
        "'encryptionConfiguration': {'kmsKey': 'k'} | encryptionConfiguration.encryptionType",
        "'encryptionConfiguration': {'encryptionType': 'ROT13'} | encryptionConfiguration.encryptionType",
        "'encryptionConfiguration': {'encryptionType': 'AES256', 'kmsKey': 'k'} | encryptionConfiguration.kmsKey",
        "'encryptionConfiguration': {'encryptionType': 'KMS', 'kmsKey': ''} | encryptionConfiguration.kmsKey",
        "'repositoryName': 'Team/App' | repositoryName",
        "'registryId': '210987654321' | registryId",
      })
  void whatDoesNotFitTheModelIsRefused(String members, String where) {
    JsonObject request = app().mergeIn(new JsonObject("{" + members.replace('\'', '"') + "}"));

    Failed failed = bench.failed("CreateRepository", request);

    assertThat(failed.type()).isEqualTo(ErrorType.INVALID_PARAMETER);
    assertThat(failed.message()).startsWith("Invalid parameter at '" + where + "' failed");
    assertThat(shown(new JsonObject())).isEmpty();
  }

  @Test
  void whoMayPullMayNotChange() {
    bench.make(APP);

    for (String operation : List.of("CreateRepository", "DeleteRepository")) {
      assertThat(bench.failed(OperationBench.PULLER, operation, app()).type())
          .as(operation)
          .isEqualTo(ErrorType.ACCESS_DENIED);
    }
    assertThat(bench.deleted()).isEmpty();
  }

  @Test
  void oneWithImagesIsDeletedOnlyByForce() {
    bench.keep(Images.image("a", 5), "latest");

    assertThat(bench.failed("DeleteRepository", app()))
        .isEqualTo(
            new Failed(
                ErrorType.REPOSITORY_NOT_EMPTY,
                "The repository with name 'team/app' in registry with id '123456789012' cannot be deleted because it still contains images"));
    assertThat(bench.deleted()).isEmpty();

    JsonObject gone = bench.done("DeleteRepository", app().put("force", true));

    assertThat(gone.getJsonObject("repository").getString("repositoryName")).isEqualTo("team/app");
    assertThat(bench.deleted()).containsExactly("team/app");
    assertThat(bench.failed("DeleteRepository", app()).type())
        .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
  }

  @Test
  void mutabilityIsSetAndToldToWhoeverRemembersTags() {
    bench.make(APP);
    JsonObject request =
        app()
            .put("imageTagMutability", "MUTABLE_WITH_EXCLUSION")
            .put(
                "imageTagMutabilityExclusionFilters",
                new JsonArray()
                    .add(new JsonObject().put("filterType", "WILDCARD").put("filter", "v*")));

    assertThat(bench.done("PutImageTagMutability", request))
        .isEqualTo(request.copy().put("registryId", "123456789012"));
    assertThat(bench.changed).containsExactly(APP);

    bench.done("PutImageTagMutability", app().put("imageTagMutability", "IMMUTABLE"));

    JsonObject shown = shown(new JsonObject()).getJsonObject(0);
    assertThat(shown.getString("imageTagMutability")).isEqualTo("IMMUTABLE");
    assertThat(shown.containsKey("imageTagMutabilityExclusionFilters")).isFalse();
  }

  @Test
  void mutabilityMustBeSaidAndHaveARepository() {
    assertThat(bench.failed("PutImageTagMutability", app()).message())
        .isEqualTo(
            "Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'Member must not be null'");
    assertThat(
            bench
                .failed("PutImageTagMutability", app().put("imageTagMutability", "MUTABLE"))
                .type())
        .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
    assertThat(bench.changed).isEmpty();
  }

  private JsonArray shown(JsonObject request) {
    return bench.done("DescribeRepositories", request).getJsonArray("repositories");
  }
}
