package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.BadLogin;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Unasked;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Wrong;
import dev.sluice.metadata.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator what is wrong with one upstream: each news at once, the same now and then. */
final class Worries {

  private static final Logger LOG = LoggerFactory.getLogger(Worries.class);

  private static final Duration REPEAT = Duration.ofMinutes(1);

  private final Rule rule;
  private final Clock clock;
  private String last = "";
  private Instant said = Instant.MIN;

  Worries(Rule rule, Clock clock) {
    this.rule = rule;
    this.clock = clock;
  }

  void hear(UpstreamAnswer<?> answer) {
    switch (answer) {
      case Got<?> _, Absent<?> _ -> {}
      case Limited<?>(var reason, var after) ->
          say(reason, "; it is not asked for " + after.toSeconds() + " s");
      case Denied<?>(var reason) -> say(reason);
      case BadLogin<?>(var reason) -> say(reason);
      case Unasked<?>(var reason, _) -> say(reason);
      case Wrong<?>(var reason) -> say(reason);
      case Trouble<?>(var reason) -> say(reason);
      case Down<?>(_, var reason, _) -> say(reason);
    }
  }

  private void say(String reason) {
    say(reason, "");
  }

  /**
   * @param detail which differs from one time to the next and is no news
   */
  private void say(String reason, String detail) {
    Instant now = clock.instant();
    if (!reason.equals(last) || now.isAfter(said.plus(REPEAT))) {
      last = reason;
      said = now;
      LOG.warn("rule {}: {}: {}{}", rule.prefix(), rule.upstream(), reason, detail);
    }
  }
}
