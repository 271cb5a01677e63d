package dev.sluice.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Makes those wait who try wrong passwords: at most 10 tries a minute for one account from one
 * address, and one a minute after that. Nobody elsewhere can close an account that way.
 */
final class BackOff {

  /** Tries a minute for one account from one address that bring the first wait. */
  private static final int PER_ACCOUNT = 5;

  /** Wrong tries a minute from one address, over all accounts; many people may share one. */
  private static final int PER_ADDRESS = 20;

  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
  private static final int MOST_REMEMBERED = 20_000;
  private static final int LONGEST_NAME = 255;

  private final Clock clock;
  private final Cache<Account, Tries> accounts;
  private final Cache<String, Tries> addresses;

  /** An account as it is tried from one address; it need not exist. */
  private record Account(String name, String address) {}

  BackOff(Clock clock) {
    this.clock = clock;
    accounts = remembering(clock);
    addresses = remembering(clock);
  }

  private static <K> Cache<K, Tries> remembering(Clock clock) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED)
        .expireAfterWrite(FORGOTTEN_AFTER)
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .executor(Runnable::run)
        .build();
  }

  /**
   * Counts a try, which is taken for wrong until it is known to be right: so many at once cannot
   * slip through.
   *
   * @return how long to wait instead; zero where the try may be made
   */
  synchronized Duration begin(String name, String address) {
    Duration wait = wait(name, address);
    if (wait.isPositive()) {
      return wait;
    }
    Account account = account(name, address);
    accounts.put(account, known(accounts, account).and(clock.instant(), PER_ACCOUNT));
    return Duration.ZERO;
  }

  /** How long until a try would be looked at; zero or negative where it is now. */
  synchronized Duration wait(String name, String address) {
    Instant now = clock.instant();
    Duration ofAccount = known(accounts, account(name, address)).wait(now);
    Duration ofAddress = known(addresses, ClientNetwork.of(address)).wait(now);
    return ofAccount.compareTo(ofAddress) > 0 ? ofAccount : ofAddress;
  }

  /** A try was wrong, so it counts for its address too. */
  synchronized void wrong(String address) {
    String network = ClientNetwork.of(address);
    addresses.put(network, known(addresses, network).and(clock.instant(), PER_ADDRESS));
  }

  /** A try was right: what came before it was a slip. */
  synchronized void right(String name, String address) {
    accounts.invalidate(account(name, address));
  }

  private static <K> Tries known(Cache<K, Tries> tries, K of) {
    Tries known = tries.getIfPresent(of);
    return known == null ? Tries.NONE : known;
  }

  private static Account account(String name, String address) {
    boolean isLong = name.length() > LONGEST_NAME;
    return new Account(isLong ? name.substring(0, LONGEST_NAME) : name, ClientNetwork.of(address));
  }
}
