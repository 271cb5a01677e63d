package dev.sluice.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskingTest {

  private final Vertx vertx = Vertx.vertx();
  private final Seal seal =
      new Seal(new ClusterSecret("only the nodes of this test know it"), Clock.systemUTC());
  private final AtomicInteger requests = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private Future<Buffer> ask(Line line) {
    return new Asking(
            vertx,
            (address, text, millis) -> {
              requests.incrementAndGet();
              return line.request(address, text, millis);
            },
            seal)
        .ask("other", Buffer.buffer("question"));
  }

  private Buffer answered(Buffer text, char kind) {
    Letter letter = Letter.open(seal, text, "to other").orElseThrow();
    return letter.reply(kind, letter.text()).sealed(seal, "answer to " + letter.id());
  }

  @Test
  void anAnswerIsOpened() throws Exception {
    Future<Buffer> answer =
        ask((address, text, millis) -> Future.succeededFuture(answered(text, Letter.DONE)));

    assertThat(get(answer)).hasToString("question");
    assertThat(requests).hasValue(1);
  }

  /** As when this node leaves the cluster and joins it anew while it waits for an answer. */
  @Test
  void aLineThatIsTornDownIsSilence() {
    Future<Buffer> answer = ask((address, text, millis) -> Promise.<Buffer>promise().future());

    assertThatThrownBy(() -> get(answer)).hasCauseInstanceOf(Silence.class);
    assertThat(requests).hasValue(2);
  }

  @Test
  void whatIsBeingWorkedOnIsAskedForAgain() throws Exception {
    Future<Buffer> answer =
        ask(
            (address, text, millis) ->
                Future.succeededFuture(
                    answered(text, requests.get() < 4 ? Letter.WORKING : Letter.DONE)));

    assertThat(get(answer)).isNotNull();
    assertThat(requests).hasValue(4);
  }
}
