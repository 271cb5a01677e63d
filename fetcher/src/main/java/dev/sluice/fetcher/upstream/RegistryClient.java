package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Journey.Stage;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.upstream.UpstreamAnswer.BadLogin;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Unasked;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.Rule;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The conversation with one registry: sends a request, answers one challenge, follows redirects,
 * and says in the end what came of it. Runs on virtual threads, confined to one context.
 */
final class RegistryClient implements AutoCloseable {

  private static final String USER_AGENT = "sluice/0.1.0";

  /** Blobs that stall must not keep checks and manifests from going out. */
  private static final int CONNECTIONS_FOR_BLOBS = 48;

  private static final int OTHER_CONNECTIONS = 16;

  private final Rule rule;
  private final String base;

  private final UpstreamHttp forBlobs;
  private final UpstreamHttp forOthers;
  private final Redirects blobs;
  private final Redirects others;
  private final TokenService tokenService;
  private final TokenSource tokens;
  private final Credentials credentials;
  private final FetchMetrics metrics;
  private final RateLedger ledger;
  private final Pace pace;
  private final Verdicts verdicts;
  private final String pseudonym;

  /** Whether the registry was seen to take a login itself, which then is shown at once. */
  private boolean takesLogins;

  RegistryClient(Rule rule, Surroundings around, RateLedger ledger, Pace pace) {
    this.pace = pace;
    this.verdicts = new Verdicts(ledger, around.clock());
    this.rule = rule;
    Origin origin = Origin.of(rule.address()).orElseThrow();
    this.forBlobs = around.http(CONNECTIONS_FOR_BLOBS);
    this.forOthers = around.http(OTHER_CONNECTIONS);
    this.blobs = new Redirects(forBlobs, origin);
    this.others = new Redirects(forOthers, origin);
    this.tokenService =
        new TokenService(forOthers, origin, rule.tokenRealms(), this::count, around.clock());
    this.tokens = new TokenSource(rule, tokenService, around);
    this.ledger = ledger;
    this.base = rule.address().toString().replaceFirst("/+$", "");
    this.credentials = around.setup().credentials();
    this.metrics = around.metrics();
    this.pseudonym = around.setup().pseudonym();
  }

  /** What every request of ours carries. */
  static MultiMap headers(String accept) {
    return headers(Map.of("Accept", accept));
  }

  private static MultiMap headers(Map<String, String> own) {
    return MultiMap.caseInsensitiveMultiMap()
        .addAll(own)
        .set("Accept-Encoding", "identity")
        .set("User-Agent", USER_AGENT);
  }

  /** A token for another node; empty where there is none to be had. Waits. */
  Optional<Token> tokenForPeer(TokenWish wish) {
    Account account = new Account(rule.registry(), wish.credential());
    Optional<Credential> credential = wish.credential().flatMap(credentials::find);
    return credential.isEmpty() && wish.credential().isPresent()
        ? Optional.empty()
        : tokens.forPeer(wish, new Login(account, credential));
  }

  /** Asks the registry; an answer of status 200, or 206 for a range, or why there is none. */
  UpstreamAnswer<UpstreamResponse> ask(Question question, Account account) {
    Optional<Credential> credential = account.credential().flatMap(credentials::find);
    if (account.credential().isPresent() && credential.isEmpty()) {
      return new BadLogin<>(
          "the credential " + account.credential().get() + " cannot be read under secrets.dir");
    }
    Login login = new Login(account, credential);
    return converse(question, login).then(response -> verdicts.on(question, login, response));
  }

  /** Answers one challenge; the answer may have any status. */
  private UpstreamAnswer<UpstreamResponse> converse(Question question, Login login) {
    Optional<Token> token = tokens.held(login, question.repository());
    UpstreamAnswer<UpstreamResponse> first = send(question, standing(login, token));
    if (!(first instanceof Got<UpstreamResponse>(var response)) || response.status() != 401) {
      return first;
    }
    response.discard();
    Optional<Challenge> challenge = Challenge.choose(response.headers("WWW-Authenticate"));
    if (challenge.isEmpty()) {
      return new Trouble<>("it asks for authentication and does not say how");
    }
    return authorization(challenge.get(), question.repository(), login, token)
        .then(header -> sendAgain(question, header));
  }

  /** A request more, which counts like the first; and first in line, for it has waited. */
  private UpstreamAnswer<UpstreamResponse> sendAgain(Question question, String authorization) {
    return pace.waitForTurn(Purpose.PULL)
        ? send(question, Optional.of(authorization))
        : new Unasked<>("too many requests wait for it");
  }

  private Optional<String> standing(Login login, Optional<Token> token) {
    return takesLogins ? login.credential().map(Credential::basic) : token.map(Token::header);
  }

  private UpstreamAnswer<String> authorization(
      Challenge challenge, String repository, Login login, Optional<Token> rejected) {
    takesLogins = challenge.scheme().equals("basic");
    if (takesLogins) {
      return login.credential().isPresent()
          ? new Got<>(login.credential().get().basic())
          : new Trouble<>("it asks for a login; the rule " + rule.prefix() + " has no credential");
    }
    UpstreamAnswer<Token> token =
        Journey.current()
            .waitFor(Stage.TOKEN, () -> tokens.token(challenge, repository, login, rejected));
    if (token instanceof Limited<Token>(_, var after)) {
      ledger.bar(login.account(), after);
    }
    return token.then(fetched -> new Got<>(fetched.header()));
  }

  private UpstreamAnswer<UpstreamResponse> send(Question question, Optional<String> authorization) {
    URI target = URI.create(base + "/v2/" + question.path());
    MultiMap headers = headers(question.headers());
    authorization.ifPresent(value -> headers.set("Authorization", value));
    headers.set("Via", Journey.current().via().onFrom(pseudonym));
    AskedSpan span = AskedSpan.begin(rule, question, headers);
    long asked = System.nanoTime();
    UpstreamAnswer<UpstreamResponse> answer =
        (question.bringsBlob() ? blobs : others).follow(question.method(), target, headers);
    metrics.upstreamTook(rule.prefix(), Duration.ofNanos(System.nanoTime() - asked));
    span.end(answer);
    if (answer instanceof Got<UpstreamResponse>(var response)) {
      response.counted(bytes -> metrics.upstreamBytes(rule.prefix(), bytes));
      count(response.status());
    } else {
      count(0);
    }
    return answer;
  }

  private void count(int status) {
    metrics.upstreamRequest(rule.prefix(), status);
  }

  /** Finds out what is wrong with the rule, past every limit that spares the registry. */
  Validation validate() {
    return new RuleValidation(rule, others, tokenService, credentials).run();
  }

  /** Ends the connections as the answers on them do. */
  void retire() {
    forBlobs.retire();
    forOthers.retire();
  }

  @Override
  public void close() {
    forBlobs.close();
    forOthers.close();
  }
}
