package dev.sluice.fetcher.upstream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends single requests to one upstream and to whom it redirects, over a pool of its own. Follows
 * nothing, inflates nothing, retries nothing. Every exchange lives on an event loop, so that bodies
 * flow there whoever asked.
 */
final class UpstreamHttp implements AutoCloseable {

  /** Requests that may wait for a connection; more is trouble, not patience. */
  private static final int WAIT_QUEUE = 1024;

  private final Vertx vertx;
  private final HttpClient client;
  private final AddressGuard guard;
  private final Resolver resolver;
  private final Deadlines deadlines;

  /**
   * @param connections to one host at most
   */
  UpstreamHttp(
      Vertx vertx, AddressGuard guard, Resolver resolver, Deadlines deadlines, int connections) {
    this.vertx = vertx;
    this.guard = guard;
    this.resolver = resolver;
    this.deadlines = deadlines;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) deadlines.connect().toMillis())
                .setReadIdleTimeout((int) deadlines.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(WAIT_QUEUE));
  }

  /**
   * Sends a request without a body.
   *
   * @param target where to; its host is looked up, checked, and connected to by that very address
   * @return the answer's head, its body paused; fails where none came in time
   */
  Future<UpstreamResponse> send(HttpMethod method, URI target, MultiMap headers) {
    Origin origin = Origin.of(target).orElseThrow();
    Context context = ((VertxInternal) vertx).createEventLoopContext();
    return resolver
        .resolve(origin.host())
        .timeout(deadlines.connect().toMillis(), TimeUnit.MILLISECONDS)
        .compose(this::checked)
        .compose(address -> on(context, exchange(method, target, headers, address)));
  }

  private Future<InetAddress> checked(InetAddress address) {
    return guard.allows(address)
        ? Future.succeededFuture(address)
        : Future.failedFuture(
            new NotSent(
                "the address "
                    + address.getHostAddress()
                    + " is private; upstreams.allowPrivate must list it"));
  }

  private Supplier<Future<UpstreamResponse>> exchange(
      HttpMethod method, URI target, MultiMap headers, InetAddress address) {
    Origin origin = Origin.of(target).orElseThrow();
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String query = target.getRawQuery() == null ? "" : '?' + target.getRawQuery();
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setServer(SocketAddress.inetSocketAddress(origin.port(), address.getHostAddress()))
            .setHost(origin.host())
            .setPort(origin.port())
            .setSsl(origin.tls())
            .setURI(path + query)
            .setHeaders(headers);
    return () -> connected(client.request(options)).compose(this::answer);
  }

  /** A request did not go out: no sign of trouble upstream, and no use in trying again. */
  static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSent(String why) {
      super(why, null, false, false);
    }
  }

  /** A request that gets its connection too late is ended, or it would occupy it for ever. */
  private Future<HttpClientRequest> connected(Future<HttpClientRequest> request) {
    // Connecting itself has a shorter deadline: who waits for longer waits for others' connections.
    return request
        .timeout(deadlines.connect().plus(deadlines.headers()).toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(late -> request.onSuccess(unused -> unused.exceptionHandler(end -> {}).reset()))
        .recover(
            failure ->
                Future.failedFuture(
                    isBusy(failure) ? new NotSent("all connections to it are in use") : failure));
  }

  private static boolean isBusy(Throwable failure) {
    return failure instanceof TimeoutException || failure instanceof ConnectionPoolTooBusyException;
  }

  private Future<UpstreamResponse> answer(HttpClientRequest request) {
    return request
        .send()
        .timeout(deadlines.headers().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(silence -> request.reset())
        .map(
            response -> {
              response.pause();
              return new UpstreamResponse(request, response, deadlines.idle());
            });
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> exchange) {
    Promise<T> promise = Promise.promise();
    // In a compose, so that what is thrown there fails the promise: somebody waits for it.
    context.runOnContext(
        turn -> Future.succeededFuture().compose(go -> exchange.get()).onComplete(promise));
    return promise.future();
  }

  @Override
  public void close() {
    client.close();
  }
}
