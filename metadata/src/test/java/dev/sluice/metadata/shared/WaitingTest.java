package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private static final RepositoryName ALPINE = repository("alpine");
  private static final RepositoryName BUSYBOX = repository("busybox");

  private final Health health = new Health();
  private final Authority authority =
      new Authority(
          _ -> null,
          new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofHours(1)),
          health,
          () -> {});
  private final Waiting waiting = new Waiting(authority, health);
  private final List<Integer> told = new ArrayList<>();

  private void add(RepositoryName repository, int number) {
    waiting.add(
        new TagPlace(repository, tag("t" + number)),
        _ -> {
          told.add(number);
          return Future.succeededFuture();
        });
  }

  private void addFailing() {
    waiting.add(
        new TagPlace(ALPINE, tag("failing")),
        _ -> {
          told.add(-1);
          return Future.failedFuture(new IOException("out of memory"));
        });
  }

  @Test
  void whatWaitsIsToldInItsOrder() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      add(i % 2 == 0 ? ALPINE : BUSYBOX, i);
    }
    assertThat(health.waitingWrites()).isEqualTo(1_000);
    Answers.of(waiting.replay());

    assertThat(told).containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    assertThat(health.waitingWrites()).isZero();
    assertThat(waiting.isAbout(ALPINE)).isFalse();
  }

  @Test
  void ofTooManyTheOldestAreDropped() throws Exception {
    for (int i = 0; i < Waiting.MOST + 3; i++) {
      add(i == 0 ? BUSYBOX : ALPINE, i);
    }
    assertThat(health.droppedWrites()).isEqualTo(3);
    assertThat(health.waitingWrites()).isEqualTo(Waiting.MOST);
    assertThat(waiting.isAbout(BUSYBOX)).isFalse();
    Answers.of(waiting.replay());

    assertThat(told).hasSize(Waiting.MOST).startsWith(3, 4, 5);
  }

  @Test
  void whatFollowsAFailureIsToldTheNextTime() throws Exception {
    add(ALPINE, 1);
    addFailing();
    add(ALPINE, 2);
    Answers.of(waiting.replay());
    assertThat(told).containsExactly(1, -1);
    assertThat(waiting.isAbout(ALPINE)).isTrue();

    for (int i = 0; i < 5; i++) {
      Answers.of(authority.ask(_ -> Future.succeededFuture("other questions are answered")));
      Answers.of(waiting.replay());
    }
    assertThat(told).containsExactly(1, -1, -1, -1, -1, -1, 2);
    assertThat(health.droppedWrites()).isEqualTo(1);
  }

  @Test
  void whatWasRemovedMeanwhileIsNotTold() throws Exception {
    add(ALPINE, 1);
    add(BUSYBOX, 2);
    waiting.discard(new RepositoryPlace(ALPINE)::covers);
    Answers.of(waiting.replay());

    assertThat(told).containsExactly(2);
  }

  @Test
  void nothingIsToldTwiceAtOnce() throws Exception {
    Promise<Void> slow = Promise.promise();
    waiting.add(
        new TagPlace(ALPINE, tag("slow")),
        _ -> {
          told.add(0);
          return slow.future();
        });
    add(ALPINE, 1);
    Future<Void> first = waiting.replay();
    Answers.of(waiting.replay());
    assertThat(told).containsExactly(0);

    slow.complete();
    Answers.of(first);
    assertThat(told).containsExactly(0, 1);
  }
}
