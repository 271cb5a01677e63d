package dev.sluice.metadata.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way to Redis: a pool of connections that is replaced where it leads to a server that is not
 * the master, or does not answer. Every future ends within seconds.
 */
final class RedisLink implements AutoCloseable {

  private static final long ANSWER_WITHIN_MS = 2_000;

  /** A pool is not replaced sooner: sentinels take some time to agree on a new master. */
  private static final long LEAST_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Sent at once on one connection, which holds some 2 000 unanswered ones. */
  private static final int SENT_AT_ONCE = 500;

  private final Vertx vertx;
  private final RedisOptions options;
  private final AtomicReference<Pool> current = new AtomicReference<>();

  RedisLink(Vertx vertx, RedisSettings settings) {
    this.vertx = vertx;
    this.options = ClientSettings.of(settings);
    this.current.set(open());
  }

  private record Pool(Redis redis, long since) {}

  private Pool open() {
    return new Pool(Redis.createClient(vertx, new RedisOptions(options)), System.nanoTime());
  }

  Vertx vertx() {
    return vertx;
  }

  /** Sends a request, once more where it did not reach the master. */
  Future<Response> send(Request request) {
    return sendOnce(request)
        .recover(
            failure ->
                Failures.isNoMaster(failure) ? sendOnce(request) : Future.failedFuture(failure));
  }

  private Future<Response> sendOnce(Request request) {
    return with(pool -> bounded(pool, pool.redis().send(request)));
  }

  /** Sends many requests at once; each answer comes or fails by itself, in their order. */
  Future<List<Future<Response>>> sendAll(List<Request> requests) {
    return sendFrom(0, requests, new ArrayList<>());
  }

  private Future<List<Future<Response>>> sendFrom(
      int first, List<Request> requests, List<Future<Response>> answers) {
    if (first >= requests.size()) {
      return Future.succeededFuture(answers);
    }
    int past = Math.min(first + SENT_AT_ONCE, requests.size());
    return with(pool -> bounded(pool, sendAll(pool, requests.subList(first, past))))
        .onSuccess(answers::addAll)
        .compose(_ -> sendFrom(past, requests, answers));
  }

  private static Future<List<Future<Response>>> sendAll(Pool pool, List<Request> requests) {
    return pool.redis()
        .connect()
        .compose(
            connection -> {
              List<Future<Response>> answers = requests.stream().map(connection::send).toList();
              return Future.join(answers)
                  .transform(_ -> connection.close())
                  .transform(_ -> Future.succeededFuture(answers));
            });
  }

  /** A connection for a use of its own; closing it is the caller's part. */
  Future<RedisConnection> connect() {
    return with(
        pool -> {
          Future<RedisConnection> connecting = pool.redis().connect();
          return bounded(pool, connecting)
              .onFailure(_ -> connecting.onSuccess(RedisConnection::close));
        });
  }

  private interface Use<T> {
    Future<T> of(Pool pool);
  }

  private <T> Future<T> with(Use<T> use) {
    Pool pool = current.get();
    return pool == null
        ? Future.failedFuture(new IllegalStateException("Redis is not used any more"))
        : use.of(pool);
  }

  private <T> Future<T> bounded(Pool pool, Future<T> answer) {
    return answer
        .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              if (Failures.isOfTheConnections(failure)) {
                replace(pool);
              }
              return Future.failedFuture(failure);
            });
  }

  /** What is under way on the old pool has the time that it would have had. */
  private void replace(Pool unfit) {
    if (System.nanoTime() - unfit.since() < LEAST_AGE_NANOS || !unfit.equals(current.get())) {
      return;
    }
    Pool next = open();
    if (current.compareAndSet(unfit, next)) {
      vertx.setTimer(ANSWER_WITHIN_MS, _ -> unfit.redis().close());
    } else {
      next.redis().close();
    }
  }

  @Override
  public void close() {
    Pool last = current.getAndSet(null);
    if (last != null) {
      last.redis().close();
    }
  }
}
