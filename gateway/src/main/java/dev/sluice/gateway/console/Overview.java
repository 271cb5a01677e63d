package dev.sluice.gateway.console;

import dev.sluice.gateway.access.Visitor;
import dev.sluice.gateway.console.Gathering.Told;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The reports of all nodes, put together to what people look at. */
final class Overview {

  private static final int MOST_ERRORS = 50;

  private Overview() {}

  /**
   * @param told the asked node first
   */
  static JsonObject of(List<Told> told, Instant now) {
    JsonObject own = told.getFirst().report().orElseThrow();
    JsonArray nodes = new JsonArray();
    told.forEach(one -> nodes.add(node(one).put("self", one.node().equals(own.getString("node")))));
    JsonObject totals = new JsonObject();
    told.forEach(one -> one.report().ifPresent(report -> add(totals, report)));
    return new JsonObject()
        .put("at", Times.text(now))
        .put("node", own.getString("node"))
        .put("uptimeSeconds", own.getLong("uptimeSeconds"))
        .put("nodes", nodes)
        .put("totals", totals)
        .put("fills", new JsonArray(all(told, "fills")))
        .put("limits", merged(told, "limits", List.of("upstream", "account"), Overview::later))
        .put("upstreams", merged(told, "upstreams", List.of("rule"), Overview::both))
        .put("errors", errors(told));
  }

  private static JsonObject node(Told told) {
    JsonObject json = new JsonObject().put("name", told.node());
    if (told.report().isEmpty()) {
      return json.put("answering", false)
          .put("ready", false)
          .put("reason", "it did not answer, or has left the cluster");
    }
    JsonObject report = told.report().get();
    json.put("answering", true);
    for (String fact : List.of("ready", "reason", "version", "pullsPerSecond", "storage")) {
      json.put(fact, report.getValue(fact));
    }
    return json;
  }

  private static void add(JsonObject totals, JsonObject report) {
    report
        .getJsonObject("totals")
        .forEach(
            total -> {
              if (total.getValue() instanceof Number number) {
                long before = totals.getLong(total.getKey(), 0L);
                totals.put(total.getKey(), before + number.longValue());
              }
            });
  }

  /** The entries of a list in all reports. */
  private static List<JsonObject> all(List<Told> told, String list) {
    List<JsonObject> entries = new ArrayList<>();
    for (Told one : told) {
      one.report()
          .map(report -> report.getJsonArray(list))
          .ifPresent(array -> array.forEach(entry -> entries.add((JsonObject) entry)));
    }
    return entries;
  }

  private static JsonArray merged(
      List<Told> told, String list, List<String> keys, BinaryOperator<JsonObject> merge) {
    Map<List<String>, JsonObject> byKey = new LinkedHashMap<>();
    all(told, list)
        .forEach(entry -> byKey.merge(keys.stream().map(entry::getString).toList(), entry, merge));
    return new JsonArray(List.copyOf(byKey.values()));
  }

  /** Accounts are shared by the nodes; who asked last knows best. */
  private static JsonObject later(JsonObject one, JsonObject other) {
    return text(one, "at").compareTo(text(other, "at")) >= 0 ? one : other;
  }

  private static JsonObject both(JsonObject one, JsonObject other) {
    List<String> gravest = List.of("spared", "failing", "answering", "unasked");
    boolean isFirst =
        gravest.indexOf(one.getString("state")) <= gravest.indexOf(other.getString("state"));
    return (isFirst ? one : other)
        .copy()
        .put("requests", one.getLong("requests", 0L) + other.getLong("requests", 0L))
        .put("failures", one.getLong("failures", 0L) + other.getLong("failures", 0L));
  }

  private static JsonArray errors(List<Told> told) {
    return new JsonArray(
        all(told, "errors").stream()
            .sorted(Comparator.comparing((JsonObject error) -> text(error, "at")).reversed())
            .limit(MOST_ERRORS)
            .toList());
  }

  /** The pulls of all reports, the newest first. */
  static JsonArray pulls(List<Told> told, int most) {
    return new JsonArray(
        all(told, "pulls").stream()
            .sorted(Comparator.comparing((JsonObject pull) -> text(pull, "at")).reversed())
            .limit(most)
            .toList());
  }

  /** Times of one form, which sort as texts do; to the millisecond, or to the second. */
  private static String text(JsonObject entry, String name) {
    return entry.getString(name, "").replace("Z", "");
  }

  /**
   * What somebody may see of it: those who are no administrators nothing of accounts, upstreams and
   * their troubles, and only fills of what they may pull.
   */
  static JsonObject visible(JsonObject overview, Visitor visitor) {
    if (visitor.isAdmin()) {
      return overview;
    }
    List<?> fills =
        overview.getJsonArray("fills").stream()
            .filter(fill -> PullView.mayPull((JsonObject) fill, visitor))
            .toList();
    return new JsonObject(new LinkedHashMap<>(overview.getMap()))
        .put("fills", new JsonArray(fills))
        .put("limits", new JsonArray())
        .put("upstreams", new JsonArray())
        .put("errors", new JsonArray());
  }
}
