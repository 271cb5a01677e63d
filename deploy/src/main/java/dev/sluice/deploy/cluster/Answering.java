package dev.sluice.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers questions whose answers may take long: whoever asked is told every now and then that his
 * is being worked on, and asks again. Each is worked on once, however often it comes.
 */
final class Answering {

  /** Well below the patience of {@link Asking}. */
  private static final long TURN_MILLIS = 400;

  /** An answer that nobody has asked for in so long is not wanted any more. */
  private static final long KEPT_MILLIS = 10_000;

  private final Vertx vertx;
  private final Map<String, Future<Buffer>> underWay = new ConcurrentHashMap<>();
  private volatile Function<Buffer, Future<Buffer>> answers =
      question -> Future.failedFuture("this node is starting");

  Answering(Vertx vertx) {
    this.vertx = vertx;
  }

  void answerBy(Function<Buffer, Future<Buffer>> how) {
    answers = how;
  }

  /** What is answered to a question now; never fails. Called by the bus. */
  Future<Letter> answer(Letter question) {
    boolean isReminder = question.text().length() == 0;
    Future<Buffer> answer =
        isReminder
            ? underWay.get(question.id())
            : underWay.computeIfAbsent(question.id(), id -> begin(id, question.text()));
    if (answer == null) {
      return Future.succeededFuture(question.reply(Letter.NOT));
    }
    Promise<Letter> said = Promise.promise();
    answer.onComplete(
        text -> said.tryComplete(question.reply(Letter.DONE, text)),
        failure -> said.tryComplete(question.reply(Letter.NOT)));
    // On the bus's own thread: however busy this node is, it does not look dead.
    Vertx bus = Vertx.currentContext().owner();
    long timer =
        bus.setTimer(TURN_MILLIS, turn -> said.tryComplete(question.reply(Letter.WORKING)));
    return said.future().onComplete(done -> bus.cancelTimer(timer));
  }

  private Future<Buffer> begin(String id, Buffer question) {
    Future<Buffer> begun = answers.apply(question);
    begun.onComplete(done -> vertx.setTimer(KEPT_MILLIS, turn -> underWay.remove(id)));
    return begun;
  }

  /** How many questions are known. */
  int size() {
    return underWay.size();
  }
}
