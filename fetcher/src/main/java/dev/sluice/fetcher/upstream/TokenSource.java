package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.BadLogin;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bearer tokens of one upstream (distribution spec, "Token Authentication"): one for each
 * account and repository, kept until it expires, fetched once however many ask. Confined to one
 * context.
 */
final class TokenSource {

  private static final Logger LOG = LoggerFactory.getLogger(TokenSource.class);

  private static final int MAX_TOKENS = 10_000;

  /** A token is not sent in its last seconds, lest it expires on the way. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Rule rule;
  private final TokenService service;
  private final Sharing sharing;
  private final Clock clock;
  private final Map<Key, Token> tokens =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Token> eldest) {
          return size() > MAX_TOKENS;
        }
      };
  private final Map<Key, Future<UpstreamAnswer<Token>>> underWay = new HashMap<>();

  /** Those never wait for another node, lest two wait for each other. */
  private final Map<Key, Future<UpstreamAnswer<Token>>> fetchesForPeers = new HashMap<>();

  private record Key(Account account, String repository) {}

  /**
   * @param rule whose registry it is
   */
  TokenSource(Rule rule, TokenService service, Surroundings around) {
    this.rule = rule;
    this.service = service;
    this.sharing = around.sharing();
    this.clock = around.clock();
  }

  /** The token of an account for a repository that is here and still holds. */
  Optional<Token> held(Login login, String repository) {
    return Optional.ofNullable(tokens.get(new Key(login.account(), repository)))
        .filter(token -> clock.instant().isBefore(token.expires().minus(MARGIN)));
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
      running =
          rejected.isPresent()
              ? fetch(challenge, repository, login.credential())
              : shared(challenge, repository, login);
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

  /** Another node may have it, unless a token was refused a moment ago: it may be the same. */
  private Future<UpstreamAnswer<Token>> shared(
      Challenge challenge, String repository, Login login) {
    return sharing
        .token(
            new TokenWish(rule, repository, login.account().credential(), challenge.parameters()))
        .compose(
            had -> {
              if (had.isEmpty()) {
                return fetch(challenge, repository, login.credential());
              }
              LOG.debug("the token for {} of {} is another node's", repository, rule.upstream());
              return Future.succeededFuture(new Got<>(had.get()));
            });
  }

  /**
   * A token for another node, which holds it to be this one's to fetch; empty where there is none.
   * Waits.
   */
  Optional<Token> forPeer(TokenWish wish, Login login) {
    Optional<Token> held = held(login, wish.repository());
    if (held.isPresent()) {
      return held;
    }
    Key key = new Key(login.account(), wish.repository());
    Challenge challenge = new Challenge("bearer", wish.challenge());
    Future<UpstreamAnswer<Token>> running =
        fetchesForPeers.computeIfAbsent(
            key, first -> fetch(challenge, wish.repository(), login.credential()));
    try {
      if (running.await() instanceof Got<Token>(var token)) {
        tokens.put(key, token);
        return Optional.of(token);
      }
      return Optional.empty();
    } finally {
      fetchesForPeers.remove(key, running);
    }
  }

  /** What a token for a repository's pulls is for; where there is none, for the catalogue. */
  private static String scope(String repository) {
    return repository.isEmpty() ? "registry:catalog:*" : "repository:" + repository + ":pull";
  }

  /** Asks for pulling from this repository and nothing else, whatever the challenge proposes. */
  private Future<UpstreamAnswer<Token>> fetch(
      Challenge challenge, String repository, Optional<Credential> credential) {
    LOG.debug(
        "a token for {} of {} is asked for, {} a credential",
        scope(repository),
        rule.upstream(),
        credential.isPresent() ? "with" : "without");
    return service
        .token(challenge, Optional.of(scope(repository)), credential)
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
