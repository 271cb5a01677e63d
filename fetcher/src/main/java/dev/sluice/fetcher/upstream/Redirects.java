package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Unasked;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Follows redirects by hand. A credential is for the registry's own origin and goes nowhere else
 * (distribution spec: clients must not forward Authorization across host boundaries); storage
 * services refuse a request that carries one beside a signed URL. A chain that has left does not
 * get it back by returning: the address on which it returns was written by a stranger.
 */
final class Redirects {

  private static final int MOST = 5;

  /** A signed URL has a few hundred characters, seldom three thousand. */
  private static final int LONGEST = 6 << 10;

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
      UpstreamAnswer<UpstreamResponse> answer = send(method, target, headers).await();
      if (!(answer instanceof Got<UpstreamResponse>(var response))) {
        return answer;
      }
      if (!STATUS.contains(response.status())) {
        return origin.equals(registry) ? answer : elsewhere(response);
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

  /** What another host refuses is no word of the registry's: not a 404, and not a challenge. */
  private static UpstreamAnswer<UpstreamResponse> elsewhere(UpstreamResponse response) {
    int status = response.status();
    if (status == 200 || status == 206) {
      return new Got<>(response);
    }
    response.discard();
    return Down.failing("the host that it redirects to answered " + status, Duration.ZERO);
  }

  private Future<UpstreamAnswer<UpstreamResponse>> send(
      HttpMethod method, URI target, MultiMap headers) {
    return http.send(method, target, headers)
        .<UpstreamAnswer<UpstreamResponse>>map(Got::new)
        .otherwise(
            failure ->
                failure instanceof NotSent
                    ? new Unasked<>(failure.getMessage())
                    : Down.of(failure));
  }

  /** A path, or a whole URL; one that names a host without a scheme is nobody's honest work. */
  private static Optional<URI> next(URI from, Optional<String> location) {
    try {
      return location
          .filter(reference -> !reference.isBlank() && reference.length() <= LONGEST)
          .filter(reference -> !reference.startsWith("//"))
          .map(from::resolve)
          .filter(to -> Origin.of(to).isPresent())
          .filter(to -> !from.getScheme().equals("https") || to.getScheme().equals("https"));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
