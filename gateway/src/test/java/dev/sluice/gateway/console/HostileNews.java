package dev.sluice.gateway.console;

import static dev.sluice.gateway.live.PlainPolicies.POLICIES;

import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A text in all places of what a console tells that this node's types leave open to any text. */
record HostileNews(LiveConsole console) {

  private static final String APP = "team/app";

  /** Has rules, upstreams, accounts and fills named so, and so another node with all it tells. */
  void tell(String text) {
    String prefix = "team" + text;
    String upstream = "up.example" + text;
    Instant now = console.operator.clock.instant();
    console.rules = new RuleTable(List.of(new Rule(prefix, upstream, POLICIES)));
    console.news.upstreamTrouble(
        prefix, new UpstreamTrouble(UpstreamTrouble.Kind.DOWN, upstream, text));
    console.news.upstreamSpared(prefix, true);
    console.news.rateLimit(
        new Account(upstream, Optional.of("robot" + text)), Samples.left(now, 90));
    console.fills = List.of(Samples.fill(now, prefix, APP));
    console.nodes.other(
        "b" + text,
        question -> {
          JsonObject own = new JsonObject(console.gathering.answer(question).orElseThrow());
          return Future.succeededFuture(((JsonObject) hostile(own, text)).toBuffer());
        });
  }

  /** A pull by a principal and of a tag that are named so. */
  void pull(String text) {
    long now = console.operator.clock.millis();
    console.activity.ended(Samples.pull(now, "root" + text, APP, "latest" + text));
  }

  /** The same with the text behind each of its texts. */
  private static Object hostile(Object value, String text) {
    return switch (value) {
      case JsonObject object -> {
        JsonObject changed = new JsonObject();
        object.forEach(member -> changed.put(member.getKey(), hostile(member.getValue(), text)));
        yield changed;
      }
      case JsonArray array -> new JsonArray(array.stream().map(one -> hostile(one, text)).toList());
      case String told -> told + text;
      default -> value;
    };
  }
}
