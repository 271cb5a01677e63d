package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  @Test
  void oneQuestionInTenMayBeAskedAgain() {
    RetryBudget budget = new RetryBudget();
    int retries = 0;
    for (int i = 0; i < 10_000; i++) {
      budget.earn();
      retries += budget.spend() ? 1 : 0;
    }
    // What was saved up at first, and a tenth.
    assertThat(retries).isBetween(1_000, 1_010);
  }

  @Test
  void quietTimesSaveUpForTenRetriesAndNoMore() {
    RetryBudget budget = new RetryBudget();
    for (int i = 0; i < 10_000; i++) {
      budget.earn();
    }
    int retries = 0;
    while (budget.spend()) {
      retries++;
    }
    assertThat(retries).isEqualTo(10);
  }

  @Test
  void pausesDoubleUpToTheCapAndAreSpreadOverAllOfIt() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThat(backoff.ceiling(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.ceiling(3)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.ceiling(5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.ceiling(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(1));
    Random random = new Random(7);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1_000; i++) {
      long millis = backoff.pause(2, random).toMillis();
      least = Math.min(least, millis);
      most = Math.max(most, millis);
    }
    assertThat(least).isLessThan(20);
    assertThat(most).isBetween(180L, 200L);
  }
}
