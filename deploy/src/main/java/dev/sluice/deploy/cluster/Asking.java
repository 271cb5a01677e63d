package dev.sluice.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;

/**
 * Asks over one stay's bus. Answers may take long, silence may not: while an answer is being worked
 * on, the other says so several times a second.
 */
final class Asking {

  /** Before a node that is silent is given up, it has been asked twice, for so long each time. */
  private static final long PATIENCE_MILLIS = 1_000;

  /** A bus that knows no such address says so at once; it may just not know it yet. */
  private static final long PAUSE_MILLIS = 200;

  private static final int TRIES = 2;

  /** The bus is the first to say that nobody answers. */
  private static final long SLACK_MILLIS = 200;

  private final Vertx vertx;
  private final Line line;
  private final Seal seal;

  /**
   * @param vertx for timers
   */
  Asking(Vertx vertx, Line line, Seal seal) {
    this.vertx = vertx;
    this.line = line;
    this.seal = seal;
  }

  /**
   * The answer to a question, however long it takes; fails with {@link Silence} after some 2 s of
   * it.
   */
  Future<Buffer> ask(String address, Buffer question) {
    return ask(address, Letter.of(Letter.ASK, question), 1);
  }

  private Future<Buffer> ask(String address, Letter question, int tried) {
    return send(address, question, PATIENCE_MILLIS)
        .transform(
            sent -> {
              if (sent.failed() && tried < TRIES) {
                return vertx
                    .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                    .compose(turn -> ask(address, question, tried + 1));
              }
              return sent.failed()
                  ? Future.failedFuture(new Silence(sent.cause()))
                  : understood(address, question, sent.result());
            });
  }

  private Future<Buffer> understood(String address, Letter question, Letter answer) {
    return switch (answer.kind()) {
      case Letter.DONE -> Future.succeededFuture(answer.text());
      // What it is reminded of it knows already: the text goes over once.
      case Letter.WORKING ->
          ask(address, new Letter(Letter.ASK, question.id(), Buffer.buffer()), 1);
      default -> Future.failedFuture("it does not answer such questions");
    };
  }

  /** Sends one letter, and opens what comes back. */
  Future<Letter> send(String address, Letter letter, long millis) {
    Promise<Letter> answer = Promise.promise();
    // A bus that is closed forgets whom it owes an answer, and its own deadlines too.
    long timer =
        vertx.setTimer(millis + SLACK_MILLIS, turn -> answer.tryFail("the bus was closed"));
    line.request(address, letter.sealed(seal, "to " + address), millis)
        .compose(
            reply ->
                Letter.open(seal, reply, "answer to " + letter.id())
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture("its answer is not from this cluster")))
        .onComplete(answer::tryComplete, answer::tryFail);
    return answer.future().onComplete(done -> vertx.cancelTimer(timer));
  }
}
