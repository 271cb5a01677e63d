package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every form of {@link RateLimits} does. */
public abstract class RateLimitsContract {

  private static final Account ANONYMOUS = new Account("registry-1.docker.io", Optional.empty());
  private static final Account TEAM = new Account("registry-1.docker.io", Optional.of("hub/team"));
  private static final RateLimit NOTHING_SAID =
      new RateLimit(Optional.empty(), Instant.EPOCH, Instant.EPOCH, 0);

  /** The store under test, empty at the start of each test. */
  protected abstract RateLimits limits();

  @Test
  void nothingIsKnownAtFirst() throws Exception {
    assertThat(Answers.of(limits().find(ANONYMOUS))).isEmpty();
    assertThat(Answers.of(limits().all())).isEmpty();
  }

  @Test
  void everyFieldIsKept() throws Exception {
    RateLimit full =
        new RateLimit(
            Optional.of(new Allowance(1L << 40, 0, Duration.ofHours(6), NOON)),
            NOON.plusSeconds(1),
            NOON.plusSeconds(2),
            3);
    RateLimit windowUnknown =
        new RateLimit(
            Optional.of(new Allowance(100, 76, Duration.ZERO, NOON)), NOON, Instant.EPOCH, 0);
    note(ANONYMOUS, full);
    note(TEAM, windowUnknown);

    assertThat(Answers.of(limits().find(ANONYMOUS))).contains(full);
    assertThat(Answers.of(limits().find(TEAM))).contains(windowUnknown);
  }

  @Test
  void whatWasNotedLastCounts() throws Exception {
    note(TEAM, at(NOON));
    note(TEAM, NOTHING_SAID);

    assertThat(Answers.of(limits().find(TEAM))).contains(NOTHING_SAID);
  }

  @Test
  void accountsAreApart() throws Exception {
    Account elsewhere = new Account("127.0.0.1:5000", Optional.of("hub/team"));
    Map<Account, RateLimit> noted =
        Map.of(ANONYMOUS, NOTHING_SAID, TEAM, at(NOON), elsewhere, at(NOON.plusSeconds(1)));
    for (var each : noted.entrySet()) {
      note(each.getKey(), each.getValue());
    }

    assertThat(Answers.of(limits().all())).isEqualTo(noted);
    assertThat(Answers.of(limits().find(new Account("127.0.0.1:5000", Optional.empty()))))
        .isEmpty();
  }

  @Test
  void anUpstreamThatIsNoHostIsRefused() {
    assertThatThrownBy(
            () ->
                Answers.of(
                    limits().amend(new Account("a b", Optional.empty()), known -> NOTHING_SAID)))
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofTooManyAccountsThoseHeardOfLongestAgoAreDropped() throws Exception {
    for (int i = 0; i < RateLimits.MOST_ACCOUNTS; i++) {
      note(account(i), at(NOON.plusSeconds(i)));
    }
    assertThat(Answers.of(limits().all())).hasSize(RateLimits.MOST_ACCOUNTS);

    note(TEAM, NOTHING_SAID);

    assertThat(Answers.of(limits().all()))
        .hasSizeLessThanOrEqualTo(RateLimits.MOST_ACCOUNTS)
        .containsKeys(TEAM, account(RateLimits.MOST_ACCOUNTS - 1))
        .doesNotContainKey(account(0));
  }

  private void note(Account account, RateLimit limit) throws Exception {
    assertThat(Answers.of(limits().amend(account, known -> limit))).isEqualTo(limit);
  }

  @Test
  void aChangeIsOfWhatIsKnown() throws Exception {
    note(TEAM, at(NOON));
    Answers.of(
        limits()
            .amend(
                TEAM,
                known ->
                    new RateLimit(
                        known.allowance(), NOON, NOON.plusSeconds(9), known.refusals() + 1)));

    assertThat(Answers.of(limits().find(TEAM)))
        .contains(new RateLimit(at(NOON).allowance(), NOON, NOON.plusSeconds(9), 1));
    assertThat(Answers.of(limits().amend(ANONYMOUS, known -> known))).isEqualTo(NOTHING_SAID);
  }

  private static Account account(int i) {
    return new Account("registry.example", Optional.of("c" + i));
  }

  private static RateLimit at(Instant when) {
    return new RateLimit(
        Optional.of(new Allowance(100, 99, Duration.ofHours(6), when)),
        Instant.EPOCH,
        Instant.EPOCH,
        0);
  }
}
