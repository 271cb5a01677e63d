package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.pull.Backlog.Wanted;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of work that breaks off by what nobody foresaw. */
class TasksTest {

  private static final Rule RULE =
      new Rule(
          "up",
          "registry.example",
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Bench.POLICIES);

  private final Vertx vertx = Vertx.vertx();
  private Tasks tasks;

  @BeforeEach
  void begin() {
    var place =
        new AbstractVerticle() {
          @Override
          public void start() {
            tasks = new Tasks();
          }
        };
    var onVirtualThread = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    await(vertx.deployVerticle(place, onVirtualThread));
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void whoWaitsForATaskHearsOfEverythingThatEndsIt() {
    Callable<Void> exhausting =
        () -> {
          throw new OutOfMemoryError("for the test");
        };
    assertThat(await(tasks.run(exhausting).map("").otherwise(Throwable::getMessage)))
        .isEqualTo("for the test");
  }

  @Test
  void whatIsWantedIsWorkedOffWhateverBecomesOfTheRest() {
    List<Wanted> worked = new ArrayList<>();
    Backlog backlog = new Backlog(tasks, Peers.NONE.owners());
    backlog.workOffBy(
        next -> {
          worked.add(next);
          if (worked.size() <= 2) {
            throw new OutOfMemoryError("for the test");
          }
        });
    List<Wanted> wanted = List.of(wanted("a"), wanted("b"), wanted("c"), wanted("d"));

    await(tasks.run(() -> addAll(backlog, wanted)));
    settle();
    assertThat(worked).containsExactlyElementsOf(wanted);

    await(tasks.run(() -> addAll(backlog, List.of(wanted("a")))));
    settle();
    assertThat(worked).hasSize(5).endsWith(wanted("a"));
  }

  private static Wanted wanted(String content) {
    return new Wanted(
        RULE,
        new RepositoryName("up/app"),
        Digest.sha256(content.getBytes(StandardCharsets.UTF_8)),
        0);
  }

  private static Void addAll(Backlog backlog, List<Wanted> wanted) {
    wanted.forEach(backlog::add);
    return null;
  }

  /** Tasks begin in the order of asking. */
  private void settle() {
    for (int i = 0; i < 10; i++) {
      await(tasks.run(() -> null));
    }
  }
}
