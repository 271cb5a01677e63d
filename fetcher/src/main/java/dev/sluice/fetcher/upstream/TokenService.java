package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Unasked;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Whoever hands out the tokens of one registry, and what we show to whom to get one. */
final class TokenService {

  private static final int MAX_ANSWER = 64 << 10;

  /** The token spec: a token without {@code expires_in} lives 60 s, and none lives shorter. */
  private static final long DEFAULT_LIFETIME = 60;

  private static final long MAX_LIFETIME = Duration.ofHours(1).toSeconds();

  /** For an answer 429 that does not say how long. */
  private static final Duration UNSAID = Duration.ofMinutes(1);

  private final UpstreamHttp http;
  private final Origin registry;
  private final List<String> furtherRealms;
  private final IntConsumer statuses;
  private final Clock clock;

  /** A token as it was handed out; its text is for the {@code Authorization} header alone. */
  record Issued(String text, Duration lifetime) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Issued[for " + lifetime + "]";
    }
  }

  /**
   * @param furtherRealms hosts, with or without a port, that may see a credential too
   * @param statuses hears the status of every answer
   */
  TokenService(
      UpstreamHttp http,
      Origin registry,
      List<String> furtherRealms,
      IntConsumer statuses,
      Clock clock) {
    this.http = http;
    this.registry = registry;
    this.furtherRealms = List.copyOf(furtherRealms);
    this.statuses = statuses;
    this.clock = clock;
  }

  /**
   * Asks for a token.
   *
   * @param scope what for; empty to learn only whether a credential is good
   * @return the token; {@link Denied} for 401 and 403
   */
  Future<UpstreamAnswer<Issued>> token(
      Challenge challenge, Optional<String> scope, Optional<Credential> credential) {
    Optional<URI> realm = challenge.parameter("realm").flatMap(TokenService::url);
    Optional<Origin> service = realm.flatMap(Origin::of);
    if (service.isEmpty()) {
      return Future.succeededFuture(
          new Trouble<>("its token realm is not an address that can be asked"));
    }
    if (!mayBeAsked(service.get(), credential.isPresent())) {
      return Future.succeededFuture(new Trouble<>(distrust(service.get())));
    }
    MultiMap headers = RegistryClient.headers("application/json");
    credential.ifPresent(known -> headers.set("Authorization", known.basic()));
    return http.send(HttpMethod.GET, target(realm.get(), challenge, scope), headers)
        .compose(this::read)
        .otherwise(TokenService::failed);
  }

  private static <T> UpstreamAnswer<T> failed(Throwable failure) {
    return failure instanceof NotSent
        ? new Unasked<>("its token service: " + failure.getMessage())
        : Down.of("its token service: ", failure);
  }

  private boolean mayBeAsked(Origin service, boolean withCredential) {
    if (!registry.mayAskAnonymously(service)) {
      return false;
    }
    return !withCredential
        || registry.mayTrustRealm(service)
        || furtherRealms.contains(service.host())
        || furtherRealms.contains(service.urlHost() + ':' + service.port());
  }

  private String distrust(Origin service) {
    return registry.mayAskAnonymously(service)
        ? "its token realm "
            + service
            + " is not one that may be trusted with a credential; tokenRealms must list its host"
        : "its token realm " + service + " is plain http, and so not one that may be trusted";
  }

  private static URI target(URI realm, Challenge challenge, Optional<String> scope) {
    String query =
        String.join(
            "&",
            Stream.of(
                    challenge.parameter("service").map(service -> "service=" + encode(service)),
                    scope.map(wanted -> "scope=" + encode(wanted)))
                .flatMap(Optional::stream)
                .toList());
    String bare = realm.toString().replaceFirst("#.*$", "");
    return query.isEmpty()
        ? URI.create(bare)
        : URI.create(bare + (realm.getRawQuery() == null ? "?" : "&") + query);
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Future<UpstreamAnswer<Issued>> read(UpstreamResponse response) {
    int status = response.status();
    statuses.accept(status);
    if (status == 200) {
      return response.body(MAX_ANSWER).map(TokenService::parse);
    }
    response.discard();
    String reason = "its token service answered " + status;
    return Future.succeededFuture(
        switch (status) {
          case 401, 403 -> new Denied<>(reason);
          case 429 -> limited(response.header("Retry-After").orElse(""));
          default -> status >= 500 ? Down.failing(reason, Duration.ZERO) : new Trouble<>(reason);
        });
  }

  private UpstreamAnswer<Issued> limited(String retryAfter) {
    return new Limited<>(
        "its token service limits the rate of requests",
        RetryAfter.parse(retryAfter, clock.instant()).orElse(UNSAID));
  }

  private static UpstreamAnswer<Issued> parse(Buffer body) {
    try {
      JsonObject answer = new JsonObject(body);
      Object token = answer.getValue("token", answer.getValue("access_token"));
      if (!(token instanceof String text)
          || text.isEmpty()
          || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        return new Trouble<>("its token service answered without a usable token");
      }
      long seconds =
          answer.getValue("expires_in") instanceof Number number
              ? Math.clamp(number.longValue(), DEFAULT_LIFETIME, MAX_LIFETIME)
              : DEFAULT_LIFETIME;
      return new Got<>(new Issued(text, Duration.ofSeconds(seconds)));
    } catch (DecodeException | ClassCastException malformed) {
      return new Trouble<>("its token service did not answer with a JSON object");
    }
  }
}
