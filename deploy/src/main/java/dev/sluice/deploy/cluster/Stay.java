package dev.sluice.deploy.cluster;

import dev.sluice.deploy.cluster.Session.Neighbour;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That this node is in the cluster, one session after the other. A session is given up where the
 * cluster has grown together from two halves, or where no neighbour answers although the cluster
 * says that they are there: such a bus does not mend by itself.
 */
final class Stay {

  private static final Logger LOG = LoggerFactory.getLogger(Stay.class);

  /** A neighbour that is dead is out of the cluster before that; then the bus is what is broken. */
  private static final Duration BROKEN_AFTER = Duration.ofSeconds(12);

  /** A node whose bus stays broken is not to be sent clients that others could serve. */
  private static final Duration TROUBLE_AFTER = Duration.ofSeconds(60);

  private static final long LOOK_MILLIS = 1_000;
  private static final long REJOIN_MILLIS = 2_000;

  private final Vertx vertx;
  private final Function<Session.Events, Future<Session>> join;
  private final Function<Session, Future<Void>> settle;
  private final Pulse pulse;
  private final AtomicBoolean changing = new AtomicBoolean();
  private final AtomicLong stays = new AtomicLong();
  private volatile Optional<Session> session = Optional.empty();
  private volatile boolean leaving;
  private volatile boolean over;
  private volatile long unwellSince;

  /**
   * @param join begins a session
   * @param settle makes ready for what comes in one
   */
  Stay(
      Vertx vertx,
      Function<Session.Events, Future<Session>> join,
      Function<Session, Future<Void>> settle,
      Pulse pulse) {
    this.vertx = vertx;
    this.join = join;
    this.settle = settle;
    this.pulse = pulse;
  }

  /** Nodes that start at one moment may be in each other's way once. */
  Future<Void> begin() {
    return enter()
        .recover(
            failure -> {
              LOG.warn("the cluster was not joined, tries again: {}", failure.getMessage());
              return enter();
            })
        .onSuccess(joined -> vertx.setPeriodic(LOOK_MILLIS, turn -> look()));
  }

  private Future<Void> enter() {
    var events =
        new Session.Events() {
          @Override
          public void changed() {
            tell();
          }

          @Override
          public void merged() {
            renew("two halves of the cluster have joined");
          }
        };
    return join.apply(events)
        .compose(
            joined -> {
              if (over) {
                return joined.leave();
              }
              stays.incrementAndGet();
              session = Optional.of(joined);
              return settle.apply(joined);
            })
        .onSuccess(settled -> tell());
  }

  /** Between joining and being settled there is nothing to tell. */
  private void tell() {
    if (session.isPresent()) {
      List<String> others = neighbours().stream().map(one -> one.node().name()).sorted().toList();
      LOG.info("in the cluster with {} other nodes: {}", others.size(), others);
    }
  }

  private void look() {
    List<Neighbour> all = neighbours();
    boolean isUnwell =
        !all.isEmpty()
            && all.stream().allMatch(one -> pulse.silence(one.address()) > BROKEN_AFTER.toNanos());
    if (!isUnwell && session.isPresent()) {
      unwellSince = 0;
    } else if (unwellSince == 0) {
      unwellSince = System.nanoTime();
    }
    if (isUnwell) {
      renew("none of " + all.size() + " neighbours answers on the bus");
    }
  }

  /** Ends this session and begins another, until one begins. */
  private void renew(String why) {
    if (over || !changing.compareAndSet(false, true)) {
      return;
    }
    LOG.warn("leaves the cluster and joins it anew: {}", why);
    Optional<Session> before = session;
    session = Optional.empty();
    before
        .map(Session::leave)
        .orElseGet(Future::succeededFuture)
        .compose(left -> enter())
        .onComplete(
            joined -> changing.set(false),
            failure -> {
              changing.set(false);
              vertx.setTimer(REJOIN_MILLIS, turn -> renew(String.valueOf(failure.getMessage())));
            });
  }

  Optional<Session> session() {
    return session;
  }

  List<Neighbour> neighbours() {
    return session.map(Session::neighbours).orElse(List.of());
  }

  Standing standing() {
    List<Neighbour> all = neighbours();
    int answering = (int) all.stream().filter(one -> pulse.isWell(one.address())).count();
    long since = unwellSince;
    boolean isTrouble = since != 0 && System.nanoTime() - since > TROUBLE_AFTER.toNanos();
    return new Standing(
        all.size() + 1,
        answering,
        since == 0,
        stays.get(),
        isTrouble
            ? Optional.of("the event bus of the cluster reaches no other node")
            : Optional.empty());
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Whether a session is not the one of now. */
  @SuppressWarnings("ReferenceEquality") // a session is itself only
  boolean isPast(Session which) {
    return over || session.filter(now -> now == which).isEmpty();
  }

  void announceLeave(Consumer<Session> how) {
    leaving = true;
    session.ifPresent(how);
  }

  Future<Void> end() {
    over = true;
    Optional<Session> last = session;
    session = Optional.empty();
    return last.map(Session::leave).orElseGet(Future::succeededFuture);
  }
}
