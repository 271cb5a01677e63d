package dev.sluice.gateway.console;

import dev.sluice.gateway.Pull;
import dev.sluice.gateway.access.Visitor;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Pulls as JSON. */
final class PullView {

  private static final double NANOS = 1_000_000.0;

  private PullView() {}

  static JsonObject of(Pull pull, RuleTable rules) {
    JsonObject json =
        new JsonObject()
            .put("at", Times.text(pull.endedAt()))
            .put("principal", pull.principal())
            .put("address", pull.from().hostAddress())
            .put("operation", pull.operation())
            .put("repository", pull.repository().value())
            .put("reference", pull.reference().toString())
            .put("status", pull.status())
            .put("cache", pull.cache())
            .put("bytes", pull.bytes())
            .put("millis", millis(pull.nanos()));
    rules.match(pull.repository()).map(Rule::prefix).ifPresent(rule -> json.put("rule", rule));
    boolean wentOut = pull.cache().equals("miss") || pull.cache().equals("coalesced");
    if (wentOut && pull.answerNanos() > 0) {
      json.put(
          "phases",
          new JsonObject()
              .put("queue", millis(pull.queueNanos()))
              .put("token", millis(pull.tokenNanos()))
              .put("upstream", millis(upstreamNanos(pull)))
              .put("fill", millis(pull.nanos() - pull.answerNanos())));
    }
    return json;
  }

  /** A request of ours may have waited more than once at a time. */
  private static long upstreamNanos(Pull pull) {
    return Math.max(0, pull.answerNanos() - pull.queueNanos() - pull.tokenNanos());
  }

  private static double millis(long nanos) {
    return Math.round(nanos / NANOS * 10) / 10.0;
  }

  /**
   * Those that somebody may see: of repositories that they may pull, and without the names and
   * addresses of others.
   */
  static JsonArray visible(JsonArray pulls, Visitor visitor) {
    if (visitor.isAdmin()) {
      return pulls;
    }
    JsonArray visible = new JsonArray();
    for (Object one : pulls) {
      if (one instanceof JsonObject pull && mayPull(pull, visitor)) {
        boolean isTheirs = visitor.name().equals(pull.getString("principal"));
        JsonObject shown = pull.copy();
        if (!isTheirs) {
          shown.remove("principal");
          shown.remove("address");
        }
        visible.add(shown);
      }
    }
    return visible;
  }

  /** Whether somebody may pull from the repository that an entry names. */
  static boolean mayPull(JsonObject entry, Visitor visitor) {
    return Optional.ofNullable(entry.getString("repository"))
        .flatMap(RepositoryName::parse)
        .filter(visitor::mayPull)
        .isPresent();
  }
}
