package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.UpstreamTrouble;
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
  private final FetchMetrics metrics;
  private String last = "";
  private Instant said = Instant.MIN;

  Worries(Rule rule, Surroundings around) {
    this.rule = rule;
    this.clock = around.clock();
    this.metrics = around.metrics();
  }

  void hear(UpstreamAnswer<?> answer) {
    answer.trouble().ifPresent(reason -> say(reason, kind(answer)));
  }

  private static UpstreamTrouble.Kind kind(UpstreamAnswer<?> answer) {
    return switch (answer) {
      case UpstreamAnswer.Limited<?> _ -> UpstreamTrouble.Kind.LIMITED;
      case UpstreamAnswer.Denied<?> _ -> UpstreamTrouble.Kind.DENIED;
      case UpstreamAnswer.BadLogin<?> _ -> UpstreamTrouble.Kind.BAD_LOGIN;
      case UpstreamAnswer.Unasked<?> _ -> UpstreamTrouble.Kind.UNASKED;
      case UpstreamAnswer.Down<?> _ -> UpstreamTrouble.Kind.DOWN;
      default -> UpstreamTrouble.Kind.UNUSABLE;
    };
  }

  private void say(String reason, UpstreamTrouble.Kind kind) {
    Instant now = clock.instant();
    if (!reason.equals(last) || now.isAfter(said.plus(REPEAT))) {
      last = reason;
      said = now;
      metrics.upstreamTrouble(rule.prefix(), new UpstreamTrouble(kind, rule.upstream(), reason));
      LOG.warn("rule {}: {}: {}", rule.prefix(), rule.upstream(), reason);
    }
  }
}
