package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Follows redirects by hand. A credential is for the registry's own origin and goes nowhere else
 * (distribution spec: clients must not forward Authorization across host boundaries); storage
 * services refuse a request that carries one beside a signed URL.
 */
final class Redirects {

  private static final int MOST = 5;
  private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);

  private final UpstreamHttp http;
  private final Origin registry;

  Redirects(UpstreamHttp http, Origin registry) {
    this.http = http;
    this.registry = registry;
  }

  /** The first answer that is no redirect, of whatever status. */
  UpstreamAnswer<UpstreamResponse> follow(HttpMethod method, URI start, MultiMap headers) {
    URI target = start;
    for (int hop = 0; hop <= MOST; hop++) {
      Origin origin = Origin.of(target).orElseThrow();
      if (!origin.equals(registry)) {
        headers.remove("Authorization");
      }
      UpstreamAnswer<UpstreamResponse> answer = sendTwice(method, target, headers).await();
      if (!(answer instanceof Got<UpstreamResponse>(var response))
          || !STATUS.contains(response.status())) {
        return answer;
      }
      response.discard();
      Optional<URI> next = next(target, response.header("Location"));
      if (next.isEmpty()) {
        return new Trouble<>("it redirects to where we do not go");
      }
      target = next.get();
    }
    return new Trouble<>("it redirects more than " + MOST + " times");
  }

  /**
   * A kept connection may be closed by the other side in the very moment in which it is used again;
   * a GET or HEAD may then be sent once more (RFC 9110 section 9.2.2).
   */
  private Future<UpstreamAnswer<UpstreamResponse>> sendTwice(
      HttpMethod method, URI target, MultiMap headers) {
    return http.send(method, target, headers)
        .recover(
            failure ->
                isLost(failure) ? http.send(method, target, headers) : Future.failedFuture(failure))
        .<UpstreamAnswer<UpstreamResponse>>map(Got::new)
        .otherwise(Down::of);
  }

  /** Closed or reset, in the words of Vert.x, of the JDK, and of the native transports. */
  private static boolean isLost(Throwable failure) {
    return failure instanceof HttpClosedException
        || (failure instanceof IOException
            && !(failure instanceof ConnectException)
            && !(failure instanceof SSLException));
  }

  private static Optional<URI> next(URI from, Optional<String> location) {
    try {
      return location
          .filter(reference -> !reference.isBlank())
          .map(from::resolve)
          .filter(to -> Origin.of(to).isPresent())
          .filter(to -> !from.getScheme().equals("https") || to.getScheme().equals("https"));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
