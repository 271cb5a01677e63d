package dev.sluice.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.function.BooleanSupplier;

/** Receives what the others send. What is not from a node of this cluster is not answered. */
final class Post {

  private final Session session;
  private final Seal seal;
  private final Answering answering;
  private final Bell bell;
  private final BooleanSupplier isLeaving;

  Post(Session session, Seal seal, Answering answering, Bell bell, BooleanSupplier isLeaving) {
    this.session = session;
    this.seal = seal;
    this.answering = answering;
    this.bell = bell;
    this.isLeaving = isLeaving;
  }

  void receive(Message<Buffer> message) {
    if ((Object) message.body() instanceof Buffer body) {
      Letter.open(seal, body, "to " + session.address())
          .ifPresent(
              letter ->
                  answer(letter)
                      .onSuccess(
                          answer ->
                              message.reply(answer.sealed(seal, "answer to " + letter.id()))));
    }
  }

  private Future<Letter> answer(Letter letter) {
    return switch (letter.kind()) {
      case Letter.ASK -> answering.answer(letter);
      case Letter.PING -> bell.answer(letter, isLeaving.getAsBoolean());
      case Letter.ECHO -> Future.succeededFuture(letter.reply(Letter.WELL));
      case Letter.LEAVING -> {
        bell.somebodyLeaves();
        yield Future.succeededFuture(letter.reply(Letter.WELL));
      }
      default -> Future.succeededFuture(letter.reply(Letter.NOT));
    };
  }
}
