package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each repository has its images expired by its owner alone. */
class ClusterExpiryTest {

  private static final List<String> REPOSITORIES = List.of("up/app", "up/b", "up/c", "up/d");

  private static final String KEEP_ONE =
      """
      {"rules":[{"rulePriority":1,"selection":{"tagStatus":"any",
      "countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}
      """;

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;

  @BeforeEach
  void pullThreeOfEach() {
    bench = new ClusterBench(folder);
    for (String repository : REPOSITORIES) {
      for (String tag : List.of("1", "2", "3")) {
        bench.registry.image(repository.substring("up/".length()), tag).layer(10).push();
        bench.nodes.getFirst().found(repository, tag);
        bench.clock.advance(Duration.ofHours(1));
      }
      put(repository);
    }
  }

  private void put(String repository) {
    await(
        bench
            .names
            .repositories()
            .amend(
                new RepositoryName(repository),
                known -> known.withLifecyclePolicy(Optional.of(KEEP_ONE))));
  }

  private int held(String repository) {
    return await(bench.names.catalog().images(new RepositoryName(repository))).size();
  }

  @Test
  void byItsOwnerThoughAllLookAtOnce() {
    List<Future<Void>> looks =
        bench.nodes.stream().map(node -> node.fetcher.chores().expire()).toList();
    looks.forEach(Answers::await);

    for (String repository : REPOSITORIES) {
      assertThat(held(repository)).isEqualTo(1);
      ClusterNode owner = bench.order(repository).getFirst();
      for (ClusterNode node : bench.nodes) {
        assertThat(node.changes.names().stream().filter(n -> n.startsWith(repository + "@")))
            .hasSize(node == owner ? 2 : 0);
      }
    }
  }

  @Test
  void byTheNextOneOnceTheOwnerIsGone() {
    String repository = REPOSITORIES.getFirst();
    bench.order(repository).getFirst().kill();

    bench.living().forEach(node -> await(node.fetcher.chores().expire()));

    assertThat(held(repository)).isEqualTo(1);
    assertThat(bench.order(repository).getFirst().changes.names())
        .filteredOn(name -> name.startsWith(repository + "@"))
        .hasSize(2);
  }
}
