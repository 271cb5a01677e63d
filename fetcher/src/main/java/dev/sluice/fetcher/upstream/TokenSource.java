package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.metadata.Account;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The bearer tokens of one upstream (distribution spec, "Token Authentication"): one for each
 * account and repository, kept until it expires, fetched once however many ask. Confined to one
 * context.
 */
final class TokenSource {

  private static final int MAX_ANSWER = 64 << 10;
  private static final int MAX_TOKENS = 10_000;

  /** The token spec: a token without {@code expires_in} lives 60 s, and none lives shorter. */
  private static final long DEFAULT_LIFETIME = 60;

  private static final long MAX_LIFETIME = Duration.ofHours(1).toSeconds();

  /** A token is not sent in its last seconds, lest it expires on the way. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** For an answer 429 that does not say how long. */
  private static final Duration UNSAID = Duration.ofMinutes(1);

  private final UpstreamHttp http;
  private final Origin registry;
  private final Clock clock;
  private final IntConsumer statuses;
  private final Map<Key, Token> tokens =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Token> eldest) {
          return size() > MAX_TOKENS;
        }
      };
  private final Map<Key, Future<UpstreamAnswer<Token>>> underWay = new HashMap<>();

  private record Key(Account account, String repository) {}

  /** A token, as the value of an {@code Authorization} header. */
  record Token(String header, Instant expires) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Token[until " + expires + "]";
    }
  }

  /**
   * @param statuses hears the status of every answer of a token service
   */
  TokenSource(UpstreamHttp http, Origin registry, Clock clock, IntConsumer statuses) {
    this.statuses = statuses;
    this.http = http;
    this.registry = registry;
    this.clock = clock;
  }

  /** The token of an account for a repository that is here and still holds. */
  Optional<Token> held(Login login, String repository) {
    return Optional.ofNullable(tokens.get(new Key(login.account(), repository)))
        .filter(token -> clock.instant().isBefore(token.expires.minus(MARGIN)));
  }

  /**
   * Answers a challenge.
   *
   * @param rejected the token that upstream has just refused; another one is fetched then
   */
  UpstreamAnswer<Token> token(
      Challenge challenge, String repository, Login login, Optional<Token> rejected) {
    Key key = new Key(login.account(), repository);
    Optional<Token> held = held(login, repository);
    if (held.isPresent() && !held.equals(rejected)) {
      return new Got<>(held.get());
    }
    Future<UpstreamAnswer<Token>> running = underWay.get(key);
    if (running == null) {
      running = fetch(challenge, repository, login.credential());
      underWay.put(key, running);
    }
    try {
      return running
          .await()
          .then(
              token -> {
                tokens.put(key, token);
                return new Got<>(token);
              });
    } finally {
      underWay.remove(key, running);
    }
  }

  private Future<UpstreamAnswer<Token>> fetch(
      Challenge challenge, String repository, Optional<Credential> credential) {
    Optional<URI> realm = challenge.parameter("realm").flatMap(TokenSource::url);
    Optional<Origin> service = realm.flatMap(Origin::of);
    boolean trusted =
        service.isPresent()
            && (credential.isPresent()
                ? registry.mayTrustRealm(service.get())
                : registry.mayAskAnonymously(service.get()));
    if (!trusted) {
      return Future.succeededFuture(
          new Trouble<>("its token realm is not one that may be trusted with a credential"));
    }
    MultiMap headers = RegistryClient.headers("application/json");
    credential.ifPresent(known -> headers.set("Authorization", known.basic()));
    String query = query(challenge, repository);
    URI target = URI.create(realm.get() + (realm.get().getRawQuery() == null ? "?" : "&") + query);
    return http.send(HttpMethod.GET, target, headers)
        .compose(this::answered)
        .otherwise(failure -> Down.of("its token service: ", failure));
  }

  private Future<UpstreamAnswer<Token>> answered(UpstreamResponse response) {
    int status = response.status();
    statuses.accept(status);
    if (status == 200) {
      return response.body(MAX_ANSWER).map(this::read);
    }
    response.discard();
    String reason = "its token service answered " + status;
    if (status == 429) {
      String after = response.header("Retry-After").orElse("");
      return Future.succeededFuture(
          new Limited<>(
              "its token service limits the rate of requests",
              RetryAfter.parse(after, clock.instant()).orElse(UNSAID)));
    }
    return Future.succeededFuture(status >= 500 ? new Down<>(reason) : new Trouble<>(reason));
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** Asks for pulling from this repository and nothing else, whatever the challenge proposes. */
  private static String query(Challenge challenge, String repository) {
    String scope = "scope=" + encode("repository:" + repository + ":pull");
    return challenge
        .parameter("service")
        .map(service -> "service=" + encode(service) + '&' + scope)
        .orElse(scope);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private UpstreamAnswer<Token> read(Buffer body) {
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
      return new Got<>(new Token("Bearer " + text, clock.instant().plusSeconds(seconds)));
    } catch (DecodeException | ClassCastException malformed) {
      return new Trouble<>("its token service did not answer with a JSON object");
    }
  }
}
