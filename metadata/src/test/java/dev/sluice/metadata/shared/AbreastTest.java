package dev.sluice.metadata.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AbreastTest {

  @Test
  void noMoreThanAFewAreBegunAtATime() {
    List<Promise<Void>> begun = new ArrayList<>();
    Future<Void> all =
        Abreast.each(
            List.of(1, 2, 3, 4, 5),
            2,
            _ -> {
              Promise<Void> step = Promise.promise();
              begun.add(step);
              return step.future();
            });

    for (int i = 0; i < 5; i++) {
      assertThat(begun).hasSize(Math.min(i + 2, 5));
      assertThat(all.isComplete()).isFalse();
      begun.get(i).complete();
    }
    assertThat(all.succeeded()).isTrue();
  }

  @Test
  void aMillionStepsThatAreDoneAtOnceFitOnTheStack() throws Exception {
    List<Integer> million = IntStream.range(0, 1_000_000).boxed().toList();

    Answers.of(Abreast.each(million, 8, _ -> Future.succeededFuture()));
  }

  @Test
  void afterAFailureNothingElseIsBegun() {
    List<Integer> begun = new ArrayList<>();
    Future<Void> all =
        Abreast.each(
            List.of(1, 2, 3, 4),
            2,
            i -> {
              begun.add(i);
              return i == 2
                  ? Future.failedFuture(new IOException("two"))
                  : Future.succeededFuture();
            });

    assertThatThrownBy(() -> Answers.of(all)).hasRootCauseMessage("two");
    assertThat(begun).containsExactly(1, 2);
  }

  @Test
  void nothingIsDoneAtOnce() {
    assertThat(Abreast.each(List.of(), 4, _ -> Future.succeededFuture()).succeeded()).isTrue();
  }
}
