package dev.sluice.gateway.console;

import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.Nodes.Node;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The reports of all nodes of the cluster: this one's, and those that the others give in time. */
public final class Gathering {

  /** What a question among consoles begins with; others between nodes are JSON objects. */
  private static final String MARK = "console ";

  private static final long PATIENCE_MILLIS = 500;

  /** How long a node is shown as missing that has left. */
  private static final Duration MISSED_FOR = Duration.ofMinutes(15);

  private final Nodes nodes;
  private final NodeReport report;
  private final Clock clock;
  private final Map<String, Instant> seen = new ConcurrentHashMap<>();

  /**
   * What a node tells.
   *
   * @param report empty where it did not answer
   */
  record Told(String node, Optional<JsonObject> report) {}

  /**
   * Which pulls are wanted.
   *
   * @param after the position of each node's last report; of a node that is missing none are told
   * @param fromStart whether those of a node that is missing are told from the first one
   */
  record Wanted(Map<String, Long> after, boolean fromStart, int most) {

    static final Wanted NONE = new Wanted(Map.of(), false, 0);

    static Wanted last(int most) {
      return new Wanted(Map.of(), true, most);
    }

    static Wanted since(Map<String, Long> after, int most) {
      return new Wanted(Map.copyOf(after), false, most);
    }

    private Optional<Long> of(String node) {
      return Optional.ofNullable(after.get(node))
          .or(() -> fromStart ? Optional.of(0L) : Optional.empty());
    }
  }

  /**
   * @param report of this node
   */
  public Gathering(Nodes nodes, NodeReport report, Clock clock) {
    this.nodes = nodes;
    this.report = report;
    this.clock = clock;
  }

  /** The report of this node. */
  NodeReport own() {
    return report;
  }

  /** Asks all nodes, this one first in the answer; within half a second, and never fails. */
  Future<List<Told>> ask(Wanted wanted) {
    Instant now = clock.instant();
    List<Future<Told>> told = new ArrayList<>();
    told.add(Future.succeededFuture(own(wanted)));
    Set<String> living = nodes.living().stream().map(Node::name).collect(Collectors.toSet());
    nodes.living().stream()
        .filter(node -> !node.name().equals(report.node()))
        .forEach(
            node -> {
              seen.put(node.name(), now);
              told.add(ask(node, wanted));
            });
    seen.values().removeIf(at -> at.plus(MISSED_FOR).isBefore(now));
    seen.keySet().stream()
        .filter(node -> !living.contains(node))
        .sorted()
        .forEach(node -> told.add(Future.succeededFuture(new Told(node, Optional.empty()))));
    return Future.all(told).map(all -> all.list());
  }

  private Told own(Wanted wanted) {
    return new Told(report.node(), Optional.of(report.now(wanted.of(report.node()), wanted.most)));
  }

  private Future<Told> ask(Node node, Wanted wanted) {
    JsonObject question = new JsonObject().put("most", wanted.most);
    wanted.of(node.name()).ifPresent(after -> question.put("after", after));
    return nodes
        .ask(node, Buffer.buffer(MARK + question.encode()))
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .map(answer -> new Told(node.name(), read(answer)))
        .otherwise(_ -> new Told(node.name(), Optional.empty()));
  }

  /** A node of another version may answer something else. */
  private static Optional<JsonObject> read(Buffer answer) {
    try {
      JsonObject json = new JsonObject(answer);
      boolean isReport =
          json.getValue("totals") instanceof JsonObject
              && json.getValue("position") instanceof Number;
      return isReport ? Optional.of(json) : Optional.empty();
    } catch (DecodeException | ClassCastException unreadable) {
      return Optional.empty();
    }
  }

  /** The answer to a question of another node's console; empty where it is none. */
  public Optional<Buffer> answer(Buffer question) {
    if (question.length() < MARK.length() || !question.getString(0, MARK.length()).equals(MARK)) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(question.getBuffer(MARK.length(), question.length()));
      Optional<Long> after =
          json.getValue("after") instanceof Number from
              ? Optional.of(from.longValue())
              : Optional.empty();
      int most = json.getValue("most") instanceof Number number ? number.intValue() : 0;
      return Optional.of(report.now(after, Math.min(most, Activity.KEPT)).toBuffer());
    } catch (DecodeException | ClassCastException unreadable) {
      return Optional.of(new JsonObject().toBuffer());
    }
  }
}
