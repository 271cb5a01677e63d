package dev.sluice.gateway.console;

import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.gateway.Pull;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A text in all places of what a console tells that this node's types leave open to any text. */
record HostileNews(LiveConsole console) {

  private static final RepositoryName APP = new RepositoryName("team/app");

  /** Has rules, upstreams, accounts and fills named so, and so another node with all it tells. */
  void tell(String text) {
    String prefix = "team" + text;
    String upstream = "up.example" + text;
    Instant now = console.operator.clock.instant();
    console.rules = new RuleTable(List.of(new Rule(prefix, upstream, LiveConsole.POLICIES)));
    console.news.upstreamTrouble(
        prefix, new UpstreamTrouble(UpstreamTrouble.Kind.DOWN, upstream, text));
    console.news.upstreamSpared(prefix, true);
    console.news.rateLimit(
        new Account(upstream, Optional.of("robot" + text)),
        new RateLimit(
            Optional.of(new Allowance(100, 90, Duration.ofHours(6), now)),
            Instant.EPOCH,
            Instant.EPOCH,
            0));
    Digest digest = Digest.sha256(new byte[1]);
    console.fills =
        List.of(new FillUnderWay(digest, prefix, APP, 5, OptionalLong.empty(), now, 3, true));
    console.nodes.other(
        "b" + text,
        question -> {
          JsonObject own = new JsonObject(console.gathering.answer(question).orElseThrow());
          return Future.succeededFuture(((JsonObject) hostile(own, text)).toBuffer());
        });
  }

  /** A pull by a principal and of a tag that are named so. */
  void pull(String text) {
    console.activity.ended(
        new Pull(
            console.operator.clock.millis(),
            SocketAddress.inetSocketAddress(1, "127.0.0.1"),
            "root" + text,
            "manifest",
            APP,
            "latest" + text,
            200,
            "hit",
            2,
            1,
            0));
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
