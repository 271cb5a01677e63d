package dev.sluice.gateway.ecr.repository;

import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.OperationBench;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tags of AWS resources. */
class ResourceTagOperationsTest {

  private static final String ARN = "arn:aws:ecr:us-east-1:123456789012:repository/team/app";

  @AutoClose private final OperationBench bench = new OperationBench();

  @BeforeEach
  void fill() {
    bench.make(APP);
  }

  @Test
  void tagsAreAddedChangedAndTakenAway() {
    assertThat(tag("b", "1")).isEmpty();
    tag("a", "1");
    tag("b", "2");

    assertThat(listed().encode())
        .isEqualTo("[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"2\"}]");

    JsonObject untagging = about(ARN).put("tagKeys", new JsonArray().add("a").add("never there"));
    assertThat(bench.done("UntagResource", untagging)).isEmpty();

    assertThat(listed().encode()).isEqualTo("[{\"Key\":\"b\",\"Value\":\"2\"}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ecr:us-east-1:210987654321:repository/team/app",
        "arn:aws:ecr:eu-west-1:123456789012:repository/team/app",
        "arn:aws:ecs:us-east-1:123456789012:repository/team/app",
        "arn:aws:ecr:us-east-1:123456789012:repository/Team",
        "team/app",
        ""
      })
  void whatIsNoRepositoryOfThisRegistryIsRefused(String arn) {
    assertThat(bench.failed("ListTagsForResource", about(arn)))
        .isEqualTo(
            new Failed(
                ErrorType.INVALID_PARAMETER,
                "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'"));
  }

  @Test
  void aRepositoryThatIsNotThereHasNoTags() {
    JsonObject request = about(ARN + "s");

    for (String operation : new String[] {"TagResource", "UntagResource", "ListTagsForResource"}) {
      JsonObject whole = request.copy().put("tags", tags(1)).put("tagKeys", new JsonArray());
      assertThat(bench.failed(operation, whole).type())
          .as(operation)
          .isEqualTo(ErrorType.REPOSITORY_NOT_FOUND);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', v", "aws:x, v", "AWS:x, v", "a|b, v", "k, v|w"})
  void wrongTagsAreRefused(String key, String value) {
    Failed failed = bench.failed("TagResource", about(ARN).put("tags", one(key, value)));

    assertThat(failed.type()).isEqualTo(ErrorType.INVALID_TAG_PARAMETER);
    assertThat(listed()).isEmpty();
  }

  @Test
  void keysAndValuesHaveALength() {
    tag("k".repeat(128), "v".repeat(256));

    assertThat(failure(one("k".repeat(129), "v"))).isEqualTo(ErrorType.INVALID_TAG_PARAMETER);
    assertThat(failure(one("k", "v".repeat(257)))).isEqualTo(ErrorType.INVALID_TAG_PARAMETER);
    assertThat(failure(one("k", "v").addAll(one("k", "w"))))
        .isEqualTo(ErrorType.INVALID_TAG_PARAMETER);
    assertThat(failure(new JsonArray().add(new JsonObject().put("Key", "k"))))
        .isEqualTo(ErrorType.INVALID_PARAMETER);
  }

  @Test
  void fiftyAreEnough() {
    assertThat(failure(tags(51))).isEqualTo(ErrorType.TOO_MANY_TAGS);
    bench.done("TagResource", about(ARN).put("tags", tags(50)));

    assertThat(failure(one("one more", "v"))).isEqualTo(ErrorType.TOO_MANY_TAGS);
    tag("key 7", "changed");

    assertThat(listed())
        .hasSize(50)
        .contains(new JsonObject("{\"Key\":\"key 7\",\"Value\":\"changed\"}"));
  }

  private ErrorType failure(JsonArray tags) {
    return bench.failed("TagResource", about(ARN).put("tags", tags)).type();
  }

  private JsonObject tag(String key, String value) {
    return bench.done("TagResource", about(ARN).put("tags", one(key, value)));
  }

  private JsonArray listed() {
    return bench.done("ListTagsForResource", about(ARN)).getJsonArray("tags");
  }

  private static JsonObject about(String arn) {
    return new JsonObject().put("resourceArn", arn);
  }

  private static JsonArray one(String key, String value) {
    return new JsonArray().add(new JsonObject().put("Key", key).put("Value", value));
  }

  private static JsonArray tags(int count) {
    JsonArray tags = new JsonArray();
    for (int i = 0; i < count; i++) {
      tags.addAll(one("key " + i, "v"));
    }
    return tags;
  }
}
