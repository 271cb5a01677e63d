package dev.sluice.deploy;

import dev.sluice.deploy.cluster.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whether clients should be sent to this node now, and what says so. Asked from any thread. */
final class Health {

  /** A node that starves for a moment still serves; one that is later than this serves nobody. */
  static final Duration LATEST_TURN = Duration.ofSeconds(5);

  /**
   * An upstream is given up after 30 s without a byte, and asked for the rest three times: a fill
   * that has not moved for longer than all that is waited for in vain.
   */
  static final Duration LONGEST_STILLNESS = Duration.ofMinutes(5);

  private final Senses senses;
  private volatile Phase phase = Phase.STARTING;

  /** What a node does as a whole. */
  enum Phase {
    STARTING,
    SERVING,
    DRAINING
  }

  /**
   * What is looked at.
   *
   * @param standing among other nodes; empty where there are none
   * @param loopDelay how late the latest event loop is
   * @param stillness for how long some fill has not gained a byte
   * @param diskTrouble why the disk takes nothing; empty where it does
   */
  record Senses(
      Supplier<Optional<Standing>> standing,
      Supplier<Duration> loopDelay,
      Supplier<Duration> stillness,
      Supplier<Optional<String>> diskTrouble) {}

  /**
   * What was found.
   *
   * @param ok whether it is as it should be
   * @param vital whether clients should go elsewhere where it is not
   * @param detail in words for people
   */
  record Check(String name, boolean ok, boolean vital, String detail) {}

  Health(Senses senses) {
    this.senses = senses;
  }

  void turns(Phase now) {
    phase = now;
  }

  boolean isServing() {
    return phase == Phase.SERVING;
  }

  /** All that is looked at, the reasons to go elsewhere first. */
  List<Check> checks() {
    return Stream.concat(
            Stream.of(serving()),
            Stream.concat(
                senses.standing.get().map(Health::cluster).stream(),
                Stream.of(eventLoops(), fills(), store())))
        .toList();
  }

  /** Whether clients may be sent here. */
  static boolean isReady(List<Check> checks) {
    return checks.stream().allMatch(check -> check.ok || !check.vital);
  }

  private Check serving() {
    Phase now = phase;
    return vital(
        "serving",
        now == Phase.SERVING,
        switch (now) {
          case STARTING -> "starting";
          case SERVING -> "takes requests";
          case DRAINING -> "draining";
        });
  }

  private static Check cluster(Standing standing) {
    return vital(
        "cluster",
        standing.trouble().isEmpty(),
        standing
            .trouble()
            .orElseGet(
                () ->
                    standing.answering()
                        + " of "
                        + (standing.members() - 1)
                        + " other nodes answer on the event bus"));
  }

  private Check eventLoops() {
    Duration delay = senses.loopDelay.get();
    return vital(
        "event loops",
        delay.compareTo(LATEST_TURN) < 0,
        "the latest is " + Math.max(0, delay.toMillis()) + " ms late");
  }

  private Check fills() {
    Duration still = senses.stillness.get();
    boolean ok = still.compareTo(LONGEST_STILLNESS) < 0;
    return vital("fills", ok, ok ? "move" : "one has had no byte for " + still.toSeconds() + " s");
  }

  /** What clients ask for passes through while nothing can be kept: no reason to send them away. */
  private Check store() {
    Optional<String> trouble = senses.diskTrouble.get();
    return new Check("store", trouble.isEmpty(), false, trouble.orElse("takes blobs"));
  }

  private static Check vital(String name, boolean ok, String detail) {
    return new Check(name, ok, true, detail);
  }
}
