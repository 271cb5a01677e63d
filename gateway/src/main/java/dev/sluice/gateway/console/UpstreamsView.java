package dev.sluice.gateway.console;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/** The upstreams in the report of one node. */
record UpstreamsView(UpstreamNews news) {

  JsonArray limits() {
    JsonArray limits = new JsonArray();
    news.limits().forEach((account, trend) -> limit(account, trend).ifPresent(limits::add));
    return limits;
  }

  /** Most registries say nothing of a limit. */
  private static Optional<JsonObject> limit(Account account, LimitTrend trend) {
    return trend
        .now()
        .allowance()
        .map(
            allowance -> {
              JsonObject json =
                  new JsonObject()
                      .put("upstream", account.upstream())
                      .put("account", account.credential().orElse("-"))
                      .put("limit", allowance.limit())
                      .put("remaining", allowance.remaining())
                      .put("at", Times.text(allowance.seenAt()));
              trend.exhaustedAt().ifPresent(at -> json.put("exhaustedAt", Times.text(at)));
              return json;
            });
  }

  JsonArray upstreams(RuleTable rules) {
    JsonArray upstreams = new JsonArray();
    for (Rule rule : rules.rules()) {
      Optional<UpstreamNews.Heard> heard = news.of(rule.prefix());
      String state = heard.map(UpstreamNews.Heard::state).orElse("unasked");
      boolean isWell = state.equals("answering");
      String reason = heard.flatMap(known -> known.reason).filter(_ -> !isWell).orElse("");
      upstreams.add(
          new JsonObject()
              .put("rule", rule.prefix())
              .put("upstream", rule.upstream())
              .put("state", state)
              .put("reason", reason)
              .put("requests", heard.map(known -> known.requests.sum()).orElse(0L))
              .put("failures", heard.map(known -> known.failures.sum()).orElse(0L)));
    }
    return upstreams;
  }

  JsonArray errors(String node, RuleTable rules) {
    JsonArray errors = new JsonArray();
    for (UpstreamNews.Trouble trouble : news.troubles()) {
      errors.add(
          new JsonObject()
              .put("at", Times.text(trouble.at()))
              .put("node", node)
              .put("what", "rule " + trouble.rule() + ": " + trouble.what().reason())
              .put("todo", Advice.on(trouble.what(), place(trouble, rules))));
    }
    return errors;
  }

  /** Where the rule goes, which may be gone by now, in place of what images' names say. */
  private static String place(UpstreamNews.Trouble trouble, RuleTable rules) {
    return rules.rules().stream()
        .filter(rule -> rule.prefix().equals(trouble.rule()))
        .flatMap(rule -> rule.endpoint().stream())
        .findFirst()
        .map(URI::toString)
        .orElseGet(() -> "https://" + trouble.what().upstream());
  }
}
