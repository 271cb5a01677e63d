package dev.sluice.fetcher.upstream;

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
    answer.trouble().ifPresent(this::say);
  }

  private void say(String reason) {
    Instant now = clock.instant();
    if (!reason.equals(last) || now.isAfter(said.plus(REPEAT))) {
      last = reason;
      said = now;
      LOG.warn("rule {}: {}: {}", rule.prefix(), rule.upstream(), reason);
    }
  }
}
