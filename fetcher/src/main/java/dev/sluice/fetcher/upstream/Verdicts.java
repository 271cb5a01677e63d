package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.BadLogin;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Looped;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.metadata.Account;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a registry's status means, and what of it goes into the ledger. */
final class Verdicts {

  /** The text of a refusal; of more than this nothing is read. */
  private static final int MAX_REFUSAL = 16 << 10;

  /** How registries answer that do not list referrers; go-containerregistry reads it so too. */
  private static final Set<Integer> NO_ENDPOINT = Set.of(400, 404, 405, 406, 501);

  private final RateLedger ledger;
  private final Clock clock;

  Verdicts(RateLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What an answer says to a question; one that says no is discarded. */
  UpstreamAnswer<UpstreamResponse> on(Question question, Login login, UpstreamResponse response) {
    int status = response.status();
    if (status == 429) {
      return limited(question, login.account(), response);
    }
    ledger.heard(login.account(), RateReading.of(question, response, ""));
    if (status == 200 || (status == 206 && question.headers().containsKey("Range"))) {
      return new Got<>(response);
    }
    response.discard();
    if (question.asksReferrers() && NO_ENDPOINT.contains(status)) {
      return new Absent<>();
    }
    return switch (status) {
      case 404, 410 -> new Absent<>();
      case 401 -> refusedLogin(login);
      case 508 ->
          new Looped<>("the question has come back in a circle, since rules lead to each other");
      case 403 -> new Denied<>("it forbids this to " + name(login));
      default -> status >= 500 ? failing(response) : new Trouble<>("it answered " + status);
    };
  }

  private UpstreamAnswer<UpstreamResponse> failing(UpstreamResponse response) {
    Optional<Duration> after =
        RetryAfter.parse(response.header("Retry-After").orElse(""), clock.instant());
    return Down.failing("it answered " + response.status(), after.orElse(Duration.ZERO));
  }

  private UpstreamAnswer<UpstreamResponse> limited(
      Question question, Account account, UpstreamResponse response) {
    String body = response.body(MAX_REFUSAL).map(Buffer::toString).otherwise(cut -> "").await();
    return new Limited<>(
        "it limits the rate of requests",
        ledger.heard(account, RateReading.of(question, response, body)));
  }

  /** Without a login, some registries answer so for what does not exist; Docker Hub does. */
  private static <T> UpstreamAnswer<T> refusedLogin(Login login) {
    return login.credential().isPresent()
        ? new BadLogin<>("it does not accept " + name(login))
        : new Trouble<>("it does not show this to " + name(login) + ", or does not have it");
  }

  private static String name(Login login) {
    return login
        .account()
        .credential()
        .map(credential -> "the credential " + credential)
        .orElse("clients without a login");
  }
}
