package dev.sluice.gateway.console;

import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.gateway.Pull;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What this node tells of itself, to its own console and to those of the other nodes. */
public final class NodeReport {

  private final Sources sources;
  private final UpstreamsView outside;
  private final Instant startedAt;

  /**
   * What it is made from; all of it may be asked on an event loop.
   *
   * @param node its name
   * @param version of this build
   */
  public record Sources(
      String node,
      String version,
      Clock clock,
      Supplier<RuleTable> rules,
      Activity activity,
      UpstreamNews upstreams,
      Supplier<List<FillUnderWay>> fills,
      Supplier<NodeFacts> facts) {}

  /** That of a node which starts now. */
  public NodeReport(Sources sources) {
    this.sources = sources;
    outside = new UpstreamsView(sources.upstreams);
    startedAt = sources.clock.instant();
  }

  /** The name of this node. */
  String node() {
    return sources.node;
  }

  /** The build of this node. */
  String version() {
    return sources.version;
  }

  /**
   * All of it.
   *
   * @param after the {@code position} of an earlier report; its pulls are those since. None are
   *     told where it is empty
   * @param most how many pulls are told
   */
  JsonObject now(Optional<Long> after, int most) {
    NodeFacts facts = sources.facts.get();
    Instant now = sources.clock.instant();
    // Read first: what ends meanwhile is told twice rather than never.
    long position = sources.activity.position();
    JsonArray pulls = new JsonArray();
    after.ifPresent(from -> pulls(from, most).forEach(pulls::add));
    return new JsonObject()
        .put("node", sources.node)
        .put("version", sources.version)
        .put("uptimeSeconds", Math.max(0, Duration.between(startedAt, now).toSeconds()))
        .put("ready", facts.ready())
        .put("reason", facts.trouble().orElse(""))
        .put("pullsPerSecond", sources.activity.perSecond(now.toEpochMilli()))
        .put("storage", storage(facts.storage()))
        .put("totals", totals())
        .put("fills", fills(now))
        .put("limits", outside.limits())
        .put("upstreams", outside.upstreams(sources.rules.get()))
        .put("errors", outside.errors(sources.node, sources.rules.get()))
        .put("position", position)
        .put("pulls", pulls);
  }

  private static JsonObject storage(NodeFacts.Storage storage) {
    JsonObject json =
        new JsonObject()
            .put("usedBytes", storage.usedBytes())
            .put("limitBytes", storage.limitBytes())
            .put("refusing", storage.isRefusing())
            .put("evicted", storage.evicted())
            .put("damaged", storage.damaged());
    storage.scrubRatio().ifPresent(ratio -> json.put("scrubRatio", ratio));
    return json;
  }

  private JsonObject totals() {
    Activity.Totals totals = sources.activity.totals();
    return new JsonObject()
        .put("requests", totals.requests())
        .put("hits", totals.hits())
        .put("misses", totals.misses())
        .put("stale", totals.stale())
        .put("coalesced", totals.coalesced())
        .put("bytesServed", totals.bytesServed())
        .put("bytesFromUpstream", sources.upstreams.bytes());
  }

  /** Those that follow another node are told by that one. */
  private JsonArray fills(Instant now) {
    JsonArray fills = new JsonArray();
    for (FillUnderWay fill : sources.fills.get()) {
      if (fill.isFromUpstream()) {
        JsonObject json =
            new JsonObject()
                .put("node", sources.node)
                .put("digest", fill.digest().toString())
                .put("rule", fill.rule())
                .put("repository", fill.repository().value())
                .put("bytes", fill.bytes())
                .put("seconds", Duration.between(fill.startedAt(), now).toMillis() / 1000.0)
                .put("waiters", fill.readers());
        fill.size().ifPresent(size -> json.put("size", size));
        fills.add(json);
      }
    }
    return fills;
  }

  private List<JsonObject> pulls(long after, int most) {
    RuleTable rules = sources.rules.get();
    return sources.activity.since(after, most).stream().map(pull -> shown(pull, rules)).toList();
  }

  private JsonObject shown(Pull pull, RuleTable rules) {
    return PullView.of(pull, rules).put("node", sources.node);
  }
}
