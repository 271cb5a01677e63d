package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.upstream.TokenSource.Token;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.metadata.Rule;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The conversation with one registry: sends a request, answers one challenge, follows redirects,
 * and says in the end what came of it. Runs on virtual threads, confined to one context.
 */
final class RegistryClient implements AutoCloseable {

  private static final String USER_AGENT = "sluice/0.1.0";

  private final Rule rule;
  private final UpstreamHttp http;
  private final Redirects redirects;
  private final TokenService tokenService;
  private final TokenSource tokens;
  private final Credentials credentials;
  private final FetchMetrics metrics;
  private final Worries worries;

  /** Whether the registry was seen to take a login itself, which then is shown at once. */
  private boolean takesLogins;

  RegistryClient(Rule rule, Surroundings around) {
    this.rule = rule;
    Origin origin = Origin.of(rule.address()).orElseThrow();
    this.http = new UpstreamHttp(around.vertx, around.guard, around.resolver, around.deadlines);
    this.redirects = new Redirects(http, origin);
    this.tokenService = new TokenService(http, origin, rule.tokenRealms(), this::count);
    this.tokens = new TokenSource(tokenService, around.clock);
    this.worries = new Worries(rule, around.clock);
    this.credentials = around.credentials;
    this.metrics = around.metrics;
  }

  /** What every client of this node shares. */
  record Surroundings(
      Vertx vertx,
      Clock clock,
      AddressGuard guard,
      Resolver resolver,
      Credentials credentials,
      Deadlines deadlines,
      FetchMetrics metrics) {}

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

  /** Asks the registry; an answer of status 200, or 206 for a range, or why there is none. */
  UpstreamAnswer<UpstreamResponse> ask(Question question, Purpose purpose) {
    UpstreamAnswer<UpstreamResponse> answer = converse(question);
    worries.hear(answer);
    return answer;
  }

  private UpstreamAnswer<UpstreamResponse> converse(Question question) {
    String repository = question.repository();
    URI target =
        URI.create(rule.address().toString().replaceFirst("/+$", "") + "/v2/" + question.path());
    Optional<String> name = rule.credentials().stream().findFirst();
    Optional<Credential> credential = name.flatMap(credentials::find);
    if (name.isPresent() && credential.isEmpty()) {
      return new Trouble<>("the credential " + name.get() + " cannot be read under secrets.dir");
    }
    Optional<Token> token = tokens.held(repository);
    UpstreamAnswer<UpstreamResponse> first = send(question, target, standing(credential, token));
    if (!(first instanceof Got<UpstreamResponse>(var response)) || response.status() != 401) {
      return first.then(answer -> judge(question, answer));
    }
    response.discard();
    Optional<Challenge> challenge = Challenge.choose(response.headers("WWW-Authenticate"));
    if (challenge.isEmpty()) {
      return new Trouble<>("it asks for authentication and does not say how");
    }
    return authorization(challenge.get(), repository, credential, token)
        .then(header -> send(question, target, Optional.of(header)))
        .then(answer -> judge(question, answer));
  }

  private Optional<String> standing(Optional<Credential> credential, Optional<Token> token) {
    return takesLogins ? credential.map(Credential::basic) : token.map(Token::header);
  }

  private UpstreamAnswer<String> authorization(
      Challenge challenge,
      String repository,
      Optional<Credential> credential,
      Optional<Token> rejected) {
    takesLogins = challenge.scheme().equals("basic");
    if (!takesLogins) {
      return tokens
          .token(challenge, repository, credential, rejected)
          .then(token -> new Got<>(token.header()));
    }
    return credential.isPresent()
        ? new Got<>(credential.get().basic())
        : new Trouble<>("it asks for a login; the rule " + rule.prefix() + " has no credential");
  }

  private UpstreamAnswer<UpstreamResponse> send(
      Question question, URI target, Optional<String> authorization) {
    MultiMap headers = headers(question.headers());
    authorization.ifPresent(value -> headers.set("Authorization", value));
    UpstreamAnswer<UpstreamResponse> answer = redirects.follow(question.method(), target, headers);
    count(answer instanceof Got<UpstreamResponse>(var response) ? response.status() : 0);
    return answer;
  }

  private void count(int status) {
    metrics.upstreamRequest(rule.prefix(), status);
  }

  private UpstreamAnswer<UpstreamResponse> judge(Question question, UpstreamResponse response) {
    int status = response.status();
    if (status == 200 || (status == 206 && question.headers().containsKey("Range"))) {
      return new Got<>(response);
    }
    response.discard();
    return switch (status) {
      case 404, 410 -> new Absent<>();
      case 429 -> new Limited<>(RetryAfter.of(response.header("Retry-After")));
      case 401 -> new Trouble<>(refusedLogin());
      case 403 -> new Denied<>("it forbids this to " + whoWeAre());
      default ->
          status >= 500
              ? new Down<>("it answered " + status)
              : new Trouble<>("it answered " + status);
    };
  }

  /** Without a login, some registries answer so for what does not exist; Docker Hub does. */
  private String refusedLogin() {
    return rule.credentials().isEmpty()
        ? "it does not show this to " + whoWeAre() + ", or does not have it"
        : "it does not accept " + whoWeAre();
  }

  private String whoWeAre() {
    return rule.credentials().isEmpty()
        ? "clients without a login"
        : "the credential of rule " + rule.prefix();
  }

  /** Finds out what is wrong with the rule; asks whatever the breaker says. */
  Validation validate() {
    return new RuleValidation(rule, redirects, tokenService, credentials).run();
  }

  @Override
  public void close() {
    http.close();
  }
}
