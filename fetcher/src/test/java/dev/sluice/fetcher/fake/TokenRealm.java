package dev.sluice.fetcher.fake;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Bearer authentication as the distribution token spec has it: the registry challenges, the realm
 * hands out tokens for a service and scopes, the registry honours a token for its scopes while it
 * lasts.
 */
public final class TokenRealm implements Access {
  private final Clock clock;
  private final AtomicInteger issued = new AtomicInteger();
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private volatile String realm;
  private volatile String service = "fake";
  private volatile String field = "token";
  private volatile Optional<Duration> lifetime = Optional.empty();
  private volatile Predicate<Request> entitled = request -> !request.headers().has("Authorization");
  private volatile Optional<String> challenge = Optional.empty();
  private volatile boolean refusing;

  private record Token(Set<String> scopes, Instant end) {}

  TokenRealm(Clock clock, String realm) {
    this.clock = clock;
    this.realm = realm;
  }

  /** Gives tokens to this account only; without it to the anonymous only. */
  public TokenRealm forAccount(String user, String password) {
    entitled = request -> Access.carries(request, user, password);
    return this;
  }

  /** Says {@code expires_in} and keeps to it; without it tokens last 60 s, unsaid, as specified. */
  public TokenRealm expiringIn(Duration time) {
    lifetime = Optional.of(time);
    return this;
  }

  /** Answers with {@code access_token} in place of {@code token}. */
  public TokenRealm namingItAccessToken() {
    field = "access_token";
    return this;
  }

  /** The service of the challenge; requests that name another get 400. */
  public TokenRealm service(String name) {
    service = name;
    return this;
  }

  /** Another realm in the challenge; {@code /token} is served on the registry's port as well. */
  public TokenRealm at(String url) {
    realm = url;
    return this;
  }

  /** This WWW-Authenticate, as it stands, in place of the right challenge. */
  public TokenRealm challenging(String header) {
    challenge = Optional.of(header);
    return this;
  }

  /** Forgets every token handed out. */
  public void revokeAll() {
    tokens.clear();
  }

  /** The registry honours no token any more, old or new. */
  public void refuseForEver() {
    refusing = true;
  }

  /** How many tokens have been handed out. */
  public int issued() {
    return issued.get();
  }

  /** Answers a token request. */
  Reply issue(Request request) {
    if (!request.parameters("service").equals(List.of(service))) {
      return Reply.error(400, "UNSUPPORTED");
    }
    if (!entitled.test(request)) {
      return Reply.error(401, "UNAUTHORIZED");
    }
    Set<String> scopes = new HashSet<>();
    request.parameters("scope").forEach(all -> scopes.addAll(Set.of(all.split(" "))));
    String token = "fake-token-" + issued.incrementAndGet();
    Duration lasting = lifetime.orElse(Duration.ofMinutes(1));
    tokens.put(token, new Token(scopes, clock.instant().plus(lasting)));
    JsonObject answer = new JsonObject().put(field, token);
    lifetime.ifPresent(
        time -> answer.put("expires_in", time.toSeconds()).put("issued_at", clock.instant()));
    return Reply.json(200, answer.encode());
  }

  @Override
  public Optional<Reply> refuse(Request request) {
    Optional<String> scope =
        PullRoutes.repositoryOf(request).map(name -> "repository:" + name + ":pull");
    Optional<Token> token =
        request
            .header("Authorization")
            .filter(value -> value.startsWith("Bearer "))
            .map(value -> value.substring("Bearer ".length()))
            .map(tokens::get)
            .filter(known -> clock.instant().isBefore(known.end) && !refusing);
    boolean allowed = token.filter(t -> scope.map(t.scopes::contains).orElse(true)).isPresent();
    return allowed ? Optional.empty() : Optional.of(challenge(request, scope, token.isPresent()));
  }

  private Reply challenge(Request request, Optional<String> scope, boolean valid) {
    StringBuilder text =
        new StringBuilder("Bearer realm=\"" + realm + "\",service=\"" + service + '"');
    scope.ifPresent(name -> text.append(",scope=\"" + name + '"'));
    if (request.headers().has("Authorization")) {
      text.append(valid ? ",error=\"insufficient_scope\"" : ",error=\"invalid_token\"");
    }
    return Reply.error(401, "UNAUTHORIZED")
        .header("WWW-Authenticate", challenge.orElse(text.toString()));
  }
}
