package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.BadLogin;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.metadata.Account;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bearer tokens of one upstream (distribution spec, "Token Authentication"): one for each
 * account and repository, kept until it expires, fetched once however many ask. Confined to one
 * context.
 */
final class TokenSource {

  private static final int MAX_TOKENS = 10_000;

  /** A token is not sent in its last seconds, lest it expires on the way. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final TokenService service;
  private final Clock clock;
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

  TokenSource(TokenService service, Clock clock) {
    this.service = service;
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

  /** Asks for pulling from this repository and nothing else, whatever the challenge proposes. */
  private Future<UpstreamAnswer<Token>> fetch(
      Challenge challenge, String repository, Optional<Credential> credential) {
    return service
        .token(challenge, Optional.of("repository:" + repository + ":pull"), credential)
        .map(answer -> ours(answer).then(issued -> new Got<>(kept(issued))));
  }

  /** Whom the token service turns away is this rule, and not the client that asks through it. */
  private static <T> UpstreamAnswer<T> ours(UpstreamAnswer<T> answer) {
    return answer instanceof Denied<T>(var reason) ? new BadLogin<>(reason) : answer;
  }

  private Token kept(TokenService.Issued issued) {
    return new Token("Bearer " + issued.text(), clock.instant().plus(issued.lifetime()));
  }
}
