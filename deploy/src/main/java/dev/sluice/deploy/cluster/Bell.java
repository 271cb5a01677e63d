package dev.sluice.deploy.cluster;

import dev.sluice.deploy.cluster.Session.Neighbour;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Pings every neighbour once a second, for as long as a stay lasts. A ping goes both ways: whoever
 * is pinged asks back before he answers, so that a bus which has lost this node's subscription is
 * found out, although this node can hear the others.
 */
final class Bell {

  /** A ping takes less than a millisecond. */
  static final long PATIENCE_MILLIS = 900;

  private static final long EVERY_MILLIS = 1_000;
  private static final long ECHO_MILLIS = 400;

  private final Vertx vertx;
  private final Session session;
  private final Asking asking;
  private final Pulse pulse;

  Bell(Vertx vertx, Session session, Asking asking, Pulse pulse) {
    this.vertx = vertx;
    this.session = session;
    this.asking = asking;
    this.pulse = pulse;
  }

  /** Rings until it is over; completes when everybody who is there was pinged once. */
  Future<Void> ring(BooleanSupplier isOver) {
    Future<Void> first = pingAll();
    vertx.setPeriodic(
        EVERY_MILLIS,
        timer -> {
          if (isOver.getAsBoolean()) {
            vertx.cancelTimer(timer);
          } else {
            pingAll();
          }
        });
    return first;
  }

  private Future<Void> pingAll() {
    pulse.keep(session.neighbours().stream().map(Neighbour::address).collect(Collectors.toSet()));
    return Future.join(
            session.neighbours().stream().map(neighbour -> ping(neighbour.address())).toList())
        .mapEmpty();
  }

  private Future<?> ping(String address) {
    long begun = System.nanoTime();
    return asking
        .send(address, Letter.of(Letter.PING, Buffer.buffer(session.address())), PATIENCE_MILLIS)
        .onComplete(
            answer -> {
              switch (answer.kind()) {
                case Letter.WELL -> heard(address, false, begun);
                case Letter.LEAVING -> heard(address, true, begun);
                default -> pulse.missed(address);
              }
            },
            silent -> pulse.missed(address))
        .otherwiseEmpty();
  }

  private void heard(String address, boolean isLeaving, long begun) {
    pulse.took(Duration.ofNanos(System.nanoTime() - begun));
    pulse.heard(address, isLeaving);
  }

  /** Answers a ping, once its sender has been heard as well. */
  Future<Letter> answer(Letter ping, boolean isLeaving) {
    return asking
        .send(ping.text().toString(), Letter.of(Letter.ECHO, Buffer.buffer()), ECHO_MILLIS)
        .map(echo -> ping.reply(isLeaving ? Letter.LEAVING : Letter.WELL))
        .otherwise(deaf -> ping.reply(Letter.NOT));
  }

  /** Somebody says that he is about to leave; which of the neighbours it is shows the next ping. */
  void somebodyLeaves() {
    pingAll();
  }
}
