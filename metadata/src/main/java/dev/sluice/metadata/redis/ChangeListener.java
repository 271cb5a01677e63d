package dev.sluice.metadata.redis;

import dev.sluice.metadata.NameChanges;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of other nodes' changes. Redis keeps nothing for those who do not listen, so each beginning
 * of a subscription and each number that is missing counts as a change of everything.
 */
final class ChangeListener {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeListener.class);
  private static final long PAUSE_MS = 500;
  private static final long CONFIRMED_WITHIN_MS = 2_000;

  /** How long a message may be under way after its number is known. */
  private static final long UNDER_WAY_MS = 500;

  private final RedisLink link;
  private final Keys keys;
  private final String node;
  private final NameChanges heard;
  private final ChangeCount count = new ChangeCount();
  private final AtomicBoolean silent = new AtomicBoolean();
  private volatile Promise<Void> subscription = Promise.promise();
  private volatile boolean closed;

  ChangeListener(RedisLink link, Keys keys, String node, NameChanges heard) {
    this.link = link;
    this.keys = keys;
    this.node = node;
    this.heard = heard;
  }

  /** Subscribes, again and again, until this is closed. */
  void subscribe() {
    if (closed) {
      return;
    }
    // Counted before it is listened, so that nothing between goes unnoticed.
    count()
        .compose(first -> link.connect().compose(connection -> listen(connection, first)))
        .onComplete(
            ended -> {
              if (silent.compareAndSet(false, true) && !closed) {
                LOG.warn("Changes of other nodes are not heard for now", ended.cause());
              }
              vertx().setTimer(PAUSE_MS, _ -> subscribe());
            });
  }

  /** Ends with the subscription. */
  private Future<Void> listen(RedisConnection connection, long first) {
    Promise<Void> end = Promise.promise();
    subscription = end;
    long patience =
        vertx()
            .setTimer(
                CONFIRMED_WITHIN_MS, _ -> end.tryFail("Redis does not confirm the subscription"));
    connection.endHandler(_ -> end.tryComplete());
    connection.exceptionHandler(end::tryFail);
    connection.handler(
        message -> {
          if (message.type() == ResponseType.ERROR) {
            end.tryFail(message.toString());
          } else if (message.get(0).toString().equals("subscribe")) {
            vertx().cancelTimer(patience);
            begin(first);
          } else if (message.get(0).toString().equals("message")) {
            take(ChangeMessage.parse(message.get(2).toString()));
          }
        });
    connection
        .send(Request.cmd(Command.SUBSCRIBE).arg(keys.changesChannel()))
        .onFailure(end::tryFail);
    return end.future()
        .onComplete(_ -> vertx().cancelTimer(patience))
        .eventually(connection::close);
  }

  private void begin(long first) {
    count.from(first);
    if (silent.getAndSet(false)) {
      LOG.info("Changes of other nodes are heard again");
    }
    heard.everything();
  }

  private void take(ChangeMessage message) {
    if (!count.next(message.number())) {
      heard.everything();
    } else if (!message.isBy(node)) {
      message.tell(heard);
    }
  }

  /** Looks whether there are changes that were not heard of, nor are on their way. */
  void check() {
    long before = count.last();
    count()
        .onSuccess(
            published -> {
              if (published < before) {
                miss(published);
              } else if (published > before) {
                vertx().setTimer(UNDER_WAY_MS, _ -> checkAgain(published));
              }
            });
  }

  private void checkAgain(long published) {
    if (count.last() < published) {
      miss(published);
      // It may be deaf.
      subscription.tryComplete();
    }
  }

  private void miss(long published) {
    count.from(published);
    heard.everything();
  }

  /** How many changes were published; 0 for what is no number. */
  private Future<Long> count() {
    return link.send(Request.cmd(Command.GET).arg(keys.changesCount()))
        .map(ChangeListener::number)
        .recover(
            failure ->
                Failures.isWrongType(failure)
                    ? Future.succeededFuture(0L)
                    : Future.failedFuture(failure));
  }

  private static long number(Response count) {
    try {
      return count == null ? 0 : count.toLong();
    } catch (NumberFormatException garbled) {
      return 0;
    }
  }

  private Vertx vertx() {
    return link.vertx();
  }

  void close() {
    closed = true;
    subscription.tryComplete();
  }
}
