package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.Validation.Invalid;
import dev.sluice.fetcher.Validation.Valid;
import dev.sluice.fetcher.upstream.TokenService.Issued;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.metadata.Rule;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks a registry what {@code docker login} would ask: {@code GET /v2/}, a token without a scope,
 * and {@code GET /v2/} with it. Says in a sentence what is wrong and what to do. Runs on a virtual
 * thread, and past everything that spares an upstream: it is how an operator looks after one.
 */
final class RuleValidation {

  private final Rule rule;
  private final Redirects redirects;
  private final TokenService tokens;
  private final Credentials credentials;
  private final URI base;

  private record Named(String name, Credential credential) {}

  RuleValidation(Rule rule, Redirects redirects, TokenService tokens, Credentials credentials) {
    this.rule = rule;
    this.redirects = redirects;
    this.tokens = tokens;
    this.credentials = credentials;
    this.base = URI.create(rule.address().toString().replaceFirst("/+$", "") + "/v2/");
  }

  Validation run() {
    List<Named> logins = new ArrayList<>();
    for (String name : rule.credentials()) {
      Optional<Credential> found = credentials.find(name);
      if (found.isEmpty()) {
        return invalid(
            "the credential "
                + name
                + " cannot be read; put {\"username\": ..., \"accessToken\": ...} into the file of"
                + " that name under secrets.dir");
      }
      logins.add(new Named(name, found.get()));
    }
    return switch (ask(Optional.empty())) {
      case Got<UpstreamResponse>(var response) -> judge(response, logins);
      case UpstreamAnswer<UpstreamResponse> unanswered -> invalid(reason(unanswered));
    };
  }

  private UpstreamAnswer<UpstreamResponse> ask(Optional<String> authorization) {
    MultiMap headers = RegistryClient.headers("application/json");
    authorization.ifPresent(value -> headers.set("Authorization", value));
    return redirects.follow(HttpMethod.GET, base, headers);
  }

  private Validation judge(UpstreamResponse response, List<Named> logins) {
    if (response.status() == 200) {
      return RegistryGreeting.isOne(response)
          ? valid(
              logins.isEmpty()
                  ? "it answers, and lets everybody in"
                  : "it answers, and lets everybody in; it did not ask for a credential, so that"
                      + " none was tried")
          : invalid(
              "it answers, but not as a registry does; check the rule's upstream and endpoint");
    }
    response.discard();
    return switch (response.status()) {
      case 401 -> challenged(Challenge.choose(response.headers("WWW-Authenticate")), logins);
      case 429 -> limited();
      default -> invalid(strange(response.status()));
    };
  }

  private static String strange(int status) {
    return status >= 500
        ? "it answered " + status + "; it is ill itself, so try again later"
        : "it answered "
            + status
            + " to GET /v2/, which no registry does; check the rule's upstream and endpoint";
  }

  private Validation challenged(Optional<Challenge> challenge, List<Named> logins) {
    if (challenge.isEmpty()) {
      return invalid("it asks for authentication and does not say how, as no registry does");
    }
    if (logins.isEmpty()) {
      return challenge.get().scheme().equals("basic")
          ? invalid("it asks for a login, which the rule lacks; give the rule a credential")
          : withoutLogin(challenge.get());
    }
    boolean limited = false;
    for (Named login : logins) {
      UpstreamAnswer<UpstreamResponse> answer = ask(challenge.get(), login.credential);
      Optional<Validation> fault = fault(login, answer);
      if (fault.isPresent()) {
        return fault.get();
      }
      limited |= isLimited(answer);
    }
    return limited ? limited() : valid("it answers, and accepts " + names(logins));
  }

  private UpstreamAnswer<UpstreamResponse> ask(Challenge challenge, Credential credential) {
    return challenge.scheme().equals("basic")
        ? ask(Optional.of(credential.basic()))
        : tokens
            .token(challenge, Optional.empty(), Optional.of(credential))
            .await()
            .then(issued -> ask(Optional.of("Bearer " + issued.text())));
  }

  private Optional<Validation> fault(Named login, UpstreamAnswer<UpstreamResponse> answer) {
    if (answer instanceof Limited) {
      return Optional.empty();
    }
    if (!(answer instanceof Got<UpstreamResponse>(var response))) {
      return Optional.of(
          answer instanceof Denied ? refused(login, reason(answer)) : invalid(reason(answer)));
    }
    response.discard();
    return switch (response.status()) {
      case 200, 429 -> Optional.empty();
      case 401, 403 -> Optional.of(refused(login, "it answered " + response.status()));
      default -> Optional.of(invalid(strange(response.status())));
    };
  }

  private static boolean isLimited(UpstreamAnswer<UpstreamResponse> answer) {
    return answer instanceof Limited
        || (answer instanceof Got<UpstreamResponse>(var response) && response.status() == 429);
  }

  private Validation refused(Named login, String how) {
    return invalid(
        "it does not accept the credential "
            + login.name
            + " ("
            + how
            + "); put a username and accessToken that are good there into its file under"
            + " secrets.dir");
  }

  /** Some registries give anonymous tokens only for a repository, and name one as an example. */
  private Validation withoutLogin(Challenge challenge) {
    Optional<String> example =
        challenge.parameter("scope").filter(scope -> scope.matches("repository:\\S{1,256}:pull"));
    return switch (tokens.token(challenge, example, Optional.empty()).await()) {
      case Got<Issued> _ -> valid("it answers, and lets everybody pull what is public");
      case Limited<Issued> _ -> limited();
      case Denied<Issued>(var reason) ->
          invalid(
              "it asks for a login, which the rule lacks (" + reason + "); give it a credential");
      case UpstreamAnswer<Issued> other -> invalid(reason(other));
    };
  }

  private Validation limited() {
    return valid("it answers, and limits the rate just now (429); pulls may have to wait");
  }

  private static String names(List<Named> logins) {
    String names = String.join(", ", logins.stream().map(Named::name).toList());
    return logins.size() == 1 ? "the credential " + names : "the credentials " + names;
  }

  private static String reason(UpstreamAnswer<?> answer) {
    return answer.trouble().orElse("it answered");
  }

  private Validation valid(String finding) {
    return new Valid(rule.upstream() + ": " + finding + '.');
  }

  private Validation invalid(String finding) {
    return new Invalid(rule.upstream() + ": " + finding + '.');
  }
}
