package dev.sluice.gateway.ecr.repository;

import static dev.sluice.gateway.ecr.live.OperationBench.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DescribeRepositories. */
class DescribeRepositoriesTest {

  @AutoClose private final OperationBench bench = new OperationBench();

  @Test
  void allAreShownPageByPage() {
    for (int i = 0; i < 5; i++) {
      bench.make(new RepositoryName("team/" + i));
    }
    JsonObject first = bench.done("DescribeRepositories", new JsonObject().put("maxResults", 3));
    JsonObject second =
        bench.done(
            "DescribeRepositories",
            new JsonObject().put("maxResults", 3).put("nextToken", first.getString("nextToken")));

    assertThat(names(first)).containsExactly("team/0", "team/1", "team/2");
    assertThat(names(second)).containsExactly("team/3", "team/4");
    assertThat(second.containsKey("nextToken")).isFalse();
  }

  @Test
  void aPageHasAHundredWhereNobodySays() {
    IntStream.range(100, 202).forEach(i -> bench.make(new RepositoryName("team/" + i)));

    assertThat(names(bench.done("DescribeRepositories", new JsonObject()))).hasSize(100);
  }

  @Test
  void namedOnesAreShownInTheOrderOfTheRequest() {
    bench.make(new RepositoryName("team/a"));
    bench.make(APP);

    JsonArray names = new JsonArray().add("team/app").add("team/a");

    assertThat(names(describe(names))).containsExactly("team/app", "team/a");
    assertThat(bench.failed("DescribeRepositories", named(names.add("team/none"))))
        .isEqualTo(
            new Failed(
                ErrorType.REPOSITORY_NOT_FOUND,
                "The repository with name 'team/none' does not exist in the registry with id '123456789012'"));
  }

  @Test
  void whoMayPullSomeSeesThose() {
    bench.make(APP);
    bench.make(new RepositoryName("other/app"));

    Done all = (Done) bench.ask(OperationBench.PULLER, "DescribeRepositories", new JsonObject());

    assertThat(names(all.body())).containsExactly("team/app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other/app", "other/none"})
  void whetherAForbiddenOneExistsIsNotTold(String name) {
    bench.make(new RepositoryName("other/app"));

    Failed failed =
        bench.failed(
            OperationBench.PULLER,
            "DescribeRepositories",
            named(new JsonArray().add("team/app").add(name)));

    assertThat(failed)
        .isEqualTo(
            new Failed(
                ErrorType.ACCESS_DENIED,
                "User: arn:aws:iam::123456789012:user/PULLER is not authorized to perform: ecr:DescribeRepositories on resource: arn:aws:ecr:us-east-1:123456789012:repository/"
                    + name));
  }

  private JsonObject describe(JsonArray names) {
    return bench.done("DescribeRepositories", named(names));
  }

  private static JsonObject named(JsonArray names) {
    return new JsonObject().put("repositoryNames", names);
  }

  private static List<String> names(JsonObject answer) {
    return answer.getJsonArray("repositories").stream()
        .map(each -> ((JsonObject) each).getString("repositoryName"))
        .toList();
  }
}
