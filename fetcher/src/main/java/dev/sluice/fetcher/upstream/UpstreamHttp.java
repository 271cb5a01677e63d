package dev.sluice.fetcher.upstream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends single requests to one upstream and to whom it redirects, over a pool of its own. Follows
 * nothing, inflates nothing, retries nothing. Every exchange lives on an event loop, so that bodies
 * flow there whoever asked.
 */
final class UpstreamHttp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamHttp.class);

  /** Requests that may wait for a connection; more is trouble, not patience. */
  private static final int WAIT_QUEUE = 1024;

  /** A blob may take its time; one that stands still is ended long before. */
  private static final Duration LONGEST_ANSWER = Duration.ofDays(1);

  private final Vertx vertx;
  private final HttpClient client;
  private final AddressBook addresses;
  private final Dialer dialer;
  private final Deadlines deadlines;

  /**
   * @param connections to one host at most
   */
  UpstreamHttp(
      Vertx vertx, AddressGuard guard, Resolver resolver, Deadlines deadlines, int connections) {
    this.vertx = vertx;
    this.deadlines = deadlines;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) deadlines.connect().toMillis())
                .setReadIdleTimeout((int) deadlines.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(WAIT_QUEUE));
    this.addresses = new AddressBook(resolver, guard, deadlines.connect());
    this.dialer = new Dialer(client, addresses, deadlines);
  }

  /**
   * Sends a request without a body.
   *
   * @param target where to; its host is looked up, checked, and connected to by that very address
   * @return the answer's head, its body paused; fails where none came in time
   */
  Future<UpstreamResponse> send(HttpMethod method, URI target, MultiMap headers) {
    Origin origin = Origin.of(target).orElseThrow();
    RequestOptions options = options(method, target, origin).setHeaders(headers);
    Context context = ((VertxInternal) vertx).createEventLoopContext();
    return addresses
        .find(origin)
        .compose(
            found -> on(context, () -> dialer.dial(origin, found, options).compose(this::answer)))
        // Without the path: that of a redirect's target may be as good as a signature.
        .onSuccess(got -> LOG.debug("{} {} answered {}", method, origin, got.status()));
  }

  private static RequestOptions options(HttpMethod method, URI target, Origin origin) {
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String query = target.getRawQuery() == null ? "" : '?' + target.getRawQuery();
    return new RequestOptions()
        .setMethod(method)
        .setHost(origin.urlHost())
        .setPort(origin.port())
        .setSsl(origin.tls())
        .setURI(path + query);
  }

  private Future<UpstreamResponse> answer(HttpClientRequest request) {
    return request
        .send()
        .timeout(deadlines.headers().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(silence -> request.reset())
        .map(
            response -> {
              response.pause();
              return new UpstreamResponse(request, response, deadlines);
            });
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> exchange) {
    Promise<T> promise = Promise.promise();
    // In a compose, so that what is thrown there fails the promise: somebody waits for it.
    context.runOnContext(
        turn -> Future.succeededFuture().compose(go -> exchange.get()).onComplete(promise));
    return promise.future();
  }

  /** Ends the connections as the answers on them do; what is asked from now on fails. */
  void retire() {
    client.shutdown(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    client.close();
  }
}
