package dev.sluice.fetcher.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long an upstream's wrong blobs are left alone. */
class QuarantineTest {

  private final SettableClock clock = new SettableClock();
  private final Quarantine quarantine = new Quarantine(clock);
  private final BlobOrder order = order(0);

  private static BlobOrder order(int blob) {
    Rule rule = new Rule("up", "up.example.com", Bench.POLICIES);
    byte[] name = Integer.toString(blob).getBytes(StandardCharsets.US_ASCII);
    return new BlobOrder(rule, new RepositoryName("up/app"), Digest.sha256(name), Purpose.PULL, 0);
  }

  private Duration lock(BlobOrder wrong) {
    return quarantine.lock(wrong.rule(), wrong.what(), "it sent another").retryAfter();
  }

  private Optional<Duration> left(BlobOrder suspect) {
    return quarantine.refusal(suspect.rule(), suspect.what()).map(Refused::retryAfter);
  }

  @Test
  void itDoublesUpToFiveMinutes() {
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      assertThat(lock(order)).isEqualTo(Duration.ofSeconds(seconds));
      assertThat(left(order)).contains(Duration.ofSeconds(seconds));
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(left(order)).isEmpty();
    }
  }

  @Test
  void whatIsLeftIsRoundedUpToSeconds() {
    lock(order);
    clock.advance(Duration.ofMillis(999));
    assertThat(left(order)).contains(Duration.ofSeconds(1));
  }

  @Test
  void theRightBytesEndIt() {
    lock(order);
    lock(order);
    quarantine.clear(order.rule(), order.what());
    assertThat(left(order)).isEmpty();
    assertThat(lock(order)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aClockThatIsSetBackDoesNotProlongIt() {
    for (int i = 0; i < 20; i++) {
      lock(order);
    }
    clock.advance(Duration.ofDays(-1));
    assertThat(left(order)).contains(Duration.ofMinutes(5));
    clock.advance(Duration.ofMinutes(5));
    assertThat(left(order)).isEmpty();
  }

  @Test
  void theOldestIsForgottenFirst() {
    for (int blob = 0; blob <= 10_000; blob++) {
      lock(order(blob));
    }
    assertThat(quarantine.size()).isEqualTo(10_000);
    assertThat(left(order(0))).isEmpty();
    assertThat(left(order(1))).isPresent();
  }
}
