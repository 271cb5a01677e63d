package dev.sluice.gateway.console;

import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.Visitor;
import dev.sluice.gateway.api.ApiExchange;
import dev.sluice.gateway.console.Gathering.Told;
import dev.sluice.gateway.console.Gathering.Wanted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells browsers every second how it stands, while any listen (server-sent events, WHATWG HTML
 * section 9.2). The cluster is asked once for all of them.
 */
final class Events {

  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  /** Of all, and of one principal. */
  private static final int MOST_LISTENERS = 64;

  private static final int MOST_OF_ONE = 16;

  private static final long TURN_MILLIS = 1_000;
  private static final int TURNS_A_BEAT = 15;

  /** Pulls that are told in one turn, of each node. */
  private static final int MOST_PULLS = 200;

  private final Vertx vertx;
  private final Gathering gathering;
  private final AdminAccess access;
  private final Clock clock;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private final AtomicBoolean isAsking = new AtomicBoolean();
  private volatile Map<String, Long> positions = Map.of();
  private volatile boolean isClosed;
  private long turns;

  Events(Vertx vertx, Gathering gathering, AdminAccess access, Clock clock) {
    this.vertx = vertx;
    this.gathering = gathering;
    this.access = access;
    this.clock = clock;
  }

  /** Begins to tell somebody; false where too many are told already. */
  boolean begin(ApiExchange exchange, Visitor visitor) {
    long theirs =
        listeners.stream().filter(other -> other.visitor().name().equals(visitor.name())).count();
    if (isClosed || listeners.size() >= MOST_LISTENERS || theirs >= MOST_OF_ONE) {
      return false;
    }
    Listener listener = new Listener(vertx.getOrCreateContext(), exchange, visitor);
    listeners.add(listener);
    listener.begin(() -> listeners.remove(listener));
    if (isRunning.compareAndSet(false, true)) {
      positions = Map.of();
      turn(true);
    }
    return true;
  }

  private void turn(boolean isFirst) {
    vertx.setTimer(isFirst ? 1 : TURN_MILLIS, _ -> turn());
  }

  private void turn() {
    if (listeners.isEmpty()) {
      isRunning.set(false);
      // Somebody may have come in between, and seen that it runs.
      if (listeners.isEmpty() || !isRunning.compareAndSet(false, true)) {
        return;
      }
    }
    turn(false);
    listeners.forEach(this::endWhereOver);
    if (isAsking.compareAndSet(false, true)) {
      Future.succeededFuture()
          .compose(_ -> gathering.ask(Wanted.since(positions, MOST_PULLS)))
          .map(
              told -> {
                tell(told);
                return null;
              })
          .onFailure(bug -> LOG.error("cannot tell the console's listeners", bug))
          .onComplete(_ -> isAsking.set(false));
    }
  }

  /** A session may be over, or its credential gone. */
  private void endWhereOver(Listener listener) {
    Optional<Visitor> now = access.again(listener.visitor());
    if (now.isEmpty()) {
      listener.end();
    } else {
      listener.is(now.get());
    }
  }

  private void tell(List<Told> told) {
    Map<String, Long> next = new HashMap<>(positions);
    told.forEach(
        one -> one.report().ifPresent(report -> next.put(one.node(), report.getLong("position"))));
    positions = next;
    JsonObject overview = Overview.of(told, clock.instant());
    JsonArray pulls = Overview.pulls(told, MOST_PULLS);
    String forAdmins = text(overview, pulls);
    String beat = turns++ % TURNS_A_BEAT == 0 ? ": still here\n\n" : "";
    for (Listener listener : listeners) {
      Visitor visitor = listener.visitor();
      listener.tell(
          beat
              + (visitor.isAdmin()
                  ? forAdmins
                  : text(Overview.visible(overview, visitor), PullView.visible(pulls, visitor))));
    }
  }

  /** JSON has no line ends of its own, which would end the event. */
  private static String text(JsonObject overview, JsonArray pulls) {
    String events = "event: overview\ndata: " + overview.encode() + "\n\n";
    return pulls.isEmpty() ? events : events + "event: pulls\ndata: " + pulls.encode() + "\n\n";
  }

  /** Ends all, and tells nobody any more. */
  void close() {
    isClosed = true;
    listeners.forEach(Listener::end);
  }
}
