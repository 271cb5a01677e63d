package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.Pull;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ring of the last pulls. */
class ActivityTest {

  private final Activity activity = new Activity();

  private static Pull pull(long at) {
    return Samples.pull(at, "-", "team/app", "latest");
  }

  @Test
  void theLastThousandAreKept() {
    for (int i = 0; i < 5_000; i++) {
      activity.ended(pull(i));
    }
    List<Pull> last = activity.since(0, 10_000);
    assertThat(last).hasSize(Activity.KEPT);
    assertThat(last.getFirst().endedAt()).isEqualTo(4_999);
    assertThat(last.getLast().endedAt()).isEqualTo(4_000);
    assertThat(activity.since(4_998, 10)).hasSize(2);
    assertThat(activity.since(5_000, 10)).isEmpty();
    assertThat(activity.since(Long.MAX_VALUE, 10)).isEmpty();
    assertThat(activity.totals()).isEqualTo(new Activity.Totals(5_000, 5_000, 0, 0, 0, 10_000));
  }

  @Test
  void theRateIsThatOfTenSeconds() {
    assertThat(activity.perSecond(0)).isZero();
    for (int i = 0; i < 50; i++) {
      activity.ended(pull(i * 1_000L));
    }
    assertThat(activity.perSecond(49_000)).isEqualTo(1.0);
    for (int i = 0; i < 3_000; i++) {
      activity.ended(pull(50_000 + i));
    }
    assertThat(activity.perSecond(53_000)).isBetween(990.0, 1_010.0);
  }

  @Test
  void manyAtOnceLoseNone() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int n = 0; n < 1_000; n++) {
                  activity.ended(pull(n));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(activity.totals().hits()).isEqualTo(4_000);
    assertThat(activity.since(0, 2_000)).hasSize(Activity.KEPT);
  }
}
