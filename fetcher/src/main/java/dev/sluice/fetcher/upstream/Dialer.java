package dev.sluice.fetcher.upstream;

import io.vertx.core.Future;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets a connection to one of a host's addresses, new or kept: in turn until one can be reached,
 * all within the time for connecting.
 */
final class Dialer {

  private final HttpClient client;
  private final AddressBook addresses;
  private final Deadlines deadlines;

  Dialer(HttpClient client, AddressBook addresses, Deadlines deadlines) {
    this.client = client;
    this.addresses = addresses;
    this.deadlines = deadlines;
  }

  /**
   * A request that can be sent; used on the context on which its answer shall live.
   *
   * @param allowed the addresses to try, which were checked
   */
  Future<HttpClientRequest> dial(Origin origin, List<InetAddress> allowed, RequestOptions options) {
    long share = deadlines.connect().toMillis() / allowed.size();
    return dial(origin, allowed, new Try(options, Math.max(1, share)));
  }

  private record Try(RequestOptions options, long millis) {}

  private Future<HttpClientRequest> dial(Origin origin, List<InetAddress> left, Try how) {
    InetAddress address = left.getFirst();
    List<InetAddress> others = left.subList(1, left.size());
    Future<HttpClientRequest> request =
        client.request(new RequestOptions(how.options).setServer(server(address, origin.port())));
    return request
        .timeout(how.millis, TimeUnit.MILLISECONDS)
        .recover(late -> patiently(origin, address, request, late))
        .onSuccess(connected -> addresses.noteReached(origin.host(), address))
        .onFailure(failure -> giveUp(request))
        .recover(
            failure -> {
              if (!isUnreachable(failure)) {
                return Future.failedFuture(failure);
              }
              addresses.noteLost(origin.host(), address);
              return others.isEmpty() ? Future.failedFuture(failure) : dial(origin, others, how);
            });
  }

  /** Vert.x takes the server's host for part of a URL: in brackets, or it fails. */
  private static SocketAddress server(InetAddress address, int port) {
    String text = address.getHostAddress();
    return SocketAddress.inetSocketAddress(
        port, address instanceof Inet6Address ? '[' + text + ']' : text);
  }

  /** Where others reach the host, a connection is not missing but busy; one comes free. */
  private Future<HttpClientRequest> patiently(
      Origin origin, InetAddress address, Future<HttpClientRequest> request, Throwable late) {
    if (late instanceof ConnectionPoolTooBusyException) {
      return Future.failedFuture(busy());
    }
    boolean isBusy =
        late instanceof TimeoutException && addresses.wasReached(origin.host(), address);
    return isBusy
        ? request
            .timeout(deadlines.headers().toMillis(), TimeUnit.MILLISECONDS)
            .recover(failure -> Future.failedFuture(late(failure)))
        : Future.failedFuture(late);
  }

  private static NotSent busy() {
    return new NotSent("all connections to it are in use");
  }

  private static Throwable late(Throwable failure) {
    return failure instanceof TimeoutException ? busy() : failure;
  }

  /** Nothing was asked yet, so that another address may be asked instead. */
  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof SocketException || failure instanceof TimeoutException;
  }

  /** A request that gets its connection too late is ended, or it would occupy it for ever. */
  private static void giveUp(Future<HttpClientRequest> request) {
    request.onSuccess(unused -> unused.exceptionHandler(end -> {}).reset());
  }
}
