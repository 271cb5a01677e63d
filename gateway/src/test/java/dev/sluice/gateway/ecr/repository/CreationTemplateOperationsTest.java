package dev.sluice.gateway.ecr.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.OperationBench;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repository creation templates through the API. */
class CreationTemplateOperationsTest {

  private static final String LIFECYCLE =
      """
      {"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countNumber": 14,
        "countType": "sinceImagePushed", "countUnit": "days"}, "action": {"type": "expire"}}]}
      """;
  private static final JsonObject FULL =
      new JsonObject(
              """
              {"prefix": "hub", "description": "d", "appliedFor": ["REPLICATION", "PULL_THROUGH_CACHE"],
               "encryptionConfiguration":
                 {"encryptionType": "KMS", "kmsKey": "arn:aws:kms:us-east-1:123456789012:key/a-1"},
               "resourceTags": [{"Key": "a", "Value": "b"}],
               "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
               "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "latest*"}],
               "repositoryPolicy": "{}", "customRoleArn": "arn:aws:iam::123456789012:role/r"}
              """)
          .put("lifecyclePolicy", LIFECYCLE);

  @AutoClose private final OperationBench bench = new OperationBench();

  @Test
  void whatIsSaidIsShown() {
    JsonObject request = FULL;
    JsonObject answer = bench.done("CreateRepositoryCreationTemplate", request);
    JsonObject created = answer.getJsonObject("repositoryCreationTemplate");

    assertThat(answer.getString("registryId")).isEqualTo("123456789012");
    for (String member : request.fieldNames()) {
      if (!member.equals("appliedFor")) {
        assertThat(created.getValue(member)).as(member).isEqualTo(request.getValue(member));
      }
    }
    assertThat(created.getJsonArray("appliedFor"))
        .containsExactlyInAnyOrder("REPLICATION", "PULL_THROUGH_CACHE");
    assertThat(created.getValue("createdAt")).isEqualTo(created.getValue("updatedAt")).isNotNull();
    assertThat(described(new JsonObject()).encode())
        .isEqualTo(new JsonArray().add(created).encode());
  }

  @Test
  void theSecondOfAPrefixIsRefusedWithOrWithoutASlash() {
    create("hub");

    for (String prefix : List.of("hub", "hub/")) {
      assertThat(bench.failed("CreateRepositoryCreationTemplate", minimal(prefix)))
          .isEqualTo(
              new Failed(
                  ErrorType.TEMPLATE_ALREADY_EXISTS,
                  "The repository creation template with prefix 'hub' already exists in the registry with id '123456789012'"));
    }
  }

  @Test
  void anUpdateChangesWhatItSaysAndNothingElse() {
    bench.done("CreateRepositoryCreationTemplate", FULL);
    bench.clock.advance(Duration.ofSeconds(9));
    JsonObject change =
        new JsonObject()
            .put("prefix", "hub")
            .put("description", "")
            .put("imageTagMutability", "MUTABLE")
            .put("appliedFor", new JsonArray().add("CREATE_ON_PUSH"));

    JsonObject now =
        bench
            .done("UpdateRepositoryCreationTemplate", change)
            .getJsonObject("repositoryCreationTemplate");

    assertThat(now.containsKey("description")).isFalse();
    assertThat(now.getString("imageTagMutability")).isEqualTo("MUTABLE");
    assertThat(now.containsKey("imageTagMutabilityExclusionFilters")).isFalse();
    assertThat(now.getJsonArray("appliedFor")).containsExactly("CREATE_ON_PUSH");
    for (String member :
        List.of("encryptionConfiguration", "resourceTags", "lifecyclePolicy", "customRoleArn")) {
      assertThat(now.getValue(member)).as(member).isEqualTo(FULL.getValue(member));
    }
    assertThat(now.getDouble("updatedAt") - now.getDouble("createdAt")).isEqualTo(9);
  }

  @Test
  void whatIsNotThereIsNeitherChangedNorDropped() {
    Failed expected =
        new Failed(
            ErrorType.TEMPLATE_NOT_FOUND,
            "The repository creation template with prefix 'hub' does not exist in the registry with id '123456789012'");

    for (String what : List.of("Update", "Delete")) {
      assertThat(bench.failed(what + "RepositoryCreationTemplate", prefix("hub")))
          .isEqualTo(expected);
    }
  }

  @Test
  void oneThatIsDroppedIsShownOnceMore() {
    create("ROOT");

    JsonObject gone = bench.done("DeleteRepositoryCreationTemplate", prefix("ROOT"));
    assertThat(gone.getJsonObject("repositoryCreationTemplate").getString("prefix"))
        .isEqualTo("ROOT");
    assertThat(described(new JsonObject())).isEmpty();
  }

  @Test
  void theyAreShownByPrefixAndPageByPage() {
    List.of("a", "b", "c", "ROOT").forEach(this::create);
    JsonObject first =
        bench.done("DescribeRepositoryCreationTemplates", new JsonObject().put("maxResults", 3));

    assertThat(prefixes(first.getJsonArray("repositoryCreationTemplates")))
        .containsExactly("ROOT", "a", "b");
    assertThat(prefixes(described(new JsonObject().put("nextToken", first.getString("nextToken")))))
        .containsExactly("c");
    JsonArray asked = new JsonArray().add("c").add("none").add("a/");
    assertThat(prefixes(described(new JsonObject().put("prefixes", asked))))
        .containsExactly("a", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'prefix': 'Hub' | prefix",
        "'prefix': '/hub' | prefix",
        "'prefix': '' | prefix",
        "'prefix': null | prefix",
        "'appliedFor': null | appliedFor",
        "'appliedFor': [] | appliedFor",
        "'appliedFor': ['LUNCH'] | appliedFor",
        "'repositoryPolicy': 'text' | repositoryPolicy",
        "'lifecyclePolicy': '{}' | lifecyclePolicy",
        "'imageTagMutability': 'IMMUTABLE_WITH_EXCLUSION' | imageTagMutabilityExclusionFilters",
        "'encryptionConfiguration': {'encryptionType': 'KMS', 'kmsKey': 'alias/a'} | encryptionConfiguration.kmsKey",
      })
  void whatDoesNotFitTheModelIsRefused(String members, String where) {
    JsonObject request =
        minimal("hub").mergeIn(new JsonObject("{" + members.replace('\'', '"') + "}"));

    Failed failed = bench.failed("CreateRepositoryCreationTemplate", request);

    assertThat(failed.type()).isEqualTo(ErrorType.INVALID_PARAMETER);
    assertThat(failed.message()).startsWith("Invalid parameter at '" + where + "' failed");
  }

  private void create(String prefix) {
    bench.done("CreateRepositoryCreationTemplate", minimal(prefix));
  }

  private JsonArray described(JsonObject request) {
    return bench
        .done("DescribeRepositoryCreationTemplates", request)
        .getJsonArray("repositoryCreationTemplates");
  }

  private static List<String> prefixes(JsonArray templates) {
    return templates.stream().map(each -> ((JsonObject) each).getString("prefix")).toList();
  }

  private static JsonObject prefix(String prefix) {
    return new JsonObject().put("prefix", prefix);
  }

  private static JsonObject minimal(String prefix) {
    return prefix(prefix).put("appliedFor", new JsonArray().add("PULL_THROUGH_CACHE"));
  }
}
