package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.Health.Check;
import dev.sluice.deploy.Health.Phase;
import dev.sluice.deploy.Health.Senses;
import dev.sluice.deploy.cluster.Standing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What makes a node send its clients elsewhere, and what does not. */
class HealthTest {

  private Optional<Standing> standing = Optional.empty();
  private Duration delay = Duration.ZERO;
  private Duration stillness = Duration.ZERO;
  private Optional<String> diskTrouble = Optional.empty();
  private final Health health =
      new Health(new Senses(() -> standing, () -> delay, () -> stillness, () -> diskTrouble));

  @Test
  void aNodeIsReadyBetweenItsStartAndItsEnd() {
    assertNotReady("serving", "starting");
    health.turns(Phase.SERVING);
    assertThat(Health.isReady(health.checks())).isTrue();
    health.turns(Phase.DRAINING);
    assertNotReady("serving", "draining");
  }

  @Test
  void anEventLoopThatIsFarTooLateServesNobody() {
    health.turns(Phase.SERVING);
    delay = Duration.ofMillis(4999);
    assertThat(Health.isReady(health.checks())).isTrue();
    delay = Duration.ofSeconds(5);
    assertNotReady("event loops", "the latest is 5000 ms late");
  }

  @Test
  void aFillThatHasNotMovedForLongIsAReason() {
    health.turns(Phase.SERVING);
    stillness = Duration.ofSeconds(299);
    assertThat(Health.isReady(health.checks())).isTrue();
    stillness = Duration.ofSeconds(301);
    assertNotReady("fills", "one has had no byte for 301 s");
  }

  @Test
  void aDiskThatRefusesIsSaidAndIsNoReason() {
    health.turns(Phase.SERVING);
    diskTrouble = Optional.of("the disk refuses writes");
    assertThat(health.checks())
        .contains(new Check("store", false, false, "the disk refuses writes"));
    assertThat(Health.isReady(health.checks())).isTrue();
  }

  @Test
  void aBusThatReachesNobodyIsAReasonOnceItIsCertain() {
    health.turns(Phase.SERVING);
    standing = Optional.of(new Standing(3, 0, false, 2, Optional.empty()));
    assertThat(health.checks())
        .contains(new Check("cluster", true, true, "0 of 2 other nodes answer on the event bus"));
    assertThat(Health.isReady(health.checks())).isTrue();
    standing = Optional.of(new Standing(3, 0, false, 2, Optional.of("it reaches no other node")));
    assertNotReady("cluster", "it reaches no other node");
  }

  @Test
  void theMetricsSayTheSame() {
    NodeMetrics metrics = new NodeMetrics(Clock.systemUTC());
    metrics.watch(health);
    assertThat(metrics.scrape())
        .contains("sluice_ready 0.0")
        .contains("sluice_health_ok{check=\"serving\"} 0.0")
        .contains("sluice_health_ok{check=\"fills\"} 1.0");
    health.turns(Phase.SERVING);
    assertThat(metrics.scrape())
        .contains("sluice_ready 1.0")
        .contains("sluice_health_ok{check=\"serving\"} 1.0");
  }

  private void assertNotReady(String name, String detail) {
    List<Check> checks = health.checks();
    assertThat(Health.isReady(checks)).isFalse();
    assertThat(checks.stream().filter(check -> !check.ok()))
        .containsExactly(new Check(name, false, true, detail));
  }
}
