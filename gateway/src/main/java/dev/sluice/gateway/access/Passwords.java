package dev.sluice.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Checks the passwords of users, off the event loops. A right one is not checked again for a
 * minute; it is remembered by name, password, hash and address, so that it ends with a changed or
 * removed line of the file, and helps nobody elsewhere to guess.
 */
final class Passwords {

  private static final Duration TRUSTED_FOR = Duration.ofMinutes(1);

  /** How long a password that was right is checked before all others, whatever others try. */
  private static final Duration PREFERRED_FOR = Duration.ofHours(12);

  private static final int MOST_REMEMBERED = 10_000;

  private final Clock clock;
  private final Supplier<AccessList> access;
  private final BackOff backOff;
  private final PasswordThreads threads;
  private final BiPredicate<String, String> matches;
  private final Fingerprints fingerprints = new Fingerprints();
  private final Cache<String, Instant> right;
  private final Map<String, Future<Login>> underWay = new ConcurrentHashMap<>();

  /** One check: whose, from where, and against which hash. */
  private record Check(BasicCredentials shown, String address, String hash, String fingerprint) {}

  /**
   * @param matches whether a password has a hash; takes its time
   */
  Passwords(
      Clock clock,
      Supplier<AccessList> access,
      BackOff backOff,
      BiPredicate<String, String> matches) {
    this.clock = clock;
    this.access = access;
    this.backOff = backOff;
    this.threads = new PasswordThreads();
    this.matches = matches;
    right =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(PREFERRED_FOR)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /** Completes on any thread. */
  Future<Login> check(BasicCredentials shown, String address) {
    AccessList list = access.get();
    Optional<User> user = list.user(shown.name());
    String hash = user.map(User::hash).orElseGet(list::hashOfNobody);
    String fingerprint = fingerprints.of(shown.name(), shown.password(), hash, address);
    Instant rightAt = right.getIfPresent(fingerprint);
    if (user.isPresent() && isTrusted(rightAt)) {
      return Future.succeededFuture(new Login.Known(user.get().principal()));
    }
    Future<Login> same = underWay.get(fingerprint);
    return same != null
        ? same
        : begin(new Check(shown, address, hash, fingerprint), rightAt != null);
  }

  private boolean isTrusted(Instant rightAt) {
    return rightAt != null && clock.instant().isBefore(rightAt.plus(TRUSTED_FOR));
  }

  /**
   * @param known whether this very password was right not long ago
   */
  private Future<Login> begin(Check check, boolean known) {
    Promise<Login> answer = Promise.promise();
    if (!threads.reserve()) {
      return Future.succeededFuture(new Login.Busy(PasswordThreads.TURN));
    }
    Future<Login> same = underWay.putIfAbsent(check.fingerprint, answer.future());
    Duration wait =
        same != null || known ? Duration.ZERO : backOff.begin(check.shown.name(), check.address);
    if (same != null || wait.isPositive()) {
      threads.giveBack();
      return same != null ? same : refuse(check, answer, wait);
    }
    try {
      threads.run(() -> complete(check, answer));
    } catch (RuntimeException | Error noThread) {
      fail(check, answer, noThread);
    }
    return answer.future();
  }

  /** Those who asked the same meanwhile hear it too. */
  private Future<Login> refuse(Check check, Promise<Login> answer, Duration wait) {
    underWay.remove(check.fingerprint);
    answer.complete(new Login.TooMany(wait));
    return answer.future();
  }

  private void complete(Check check, Promise<Login> answer) {
    try {
      Login login = judge(check);
      underWay.remove(check.fingerprint);
      answer.complete(login);
    } catch (Throwable failure) {
      // Errors too: this login would hang for ever, for everybody who asks the same.
      fail(check, answer, failure);
    }
  }

  private void fail(Check check, Promise<Login> answer, Throwable failure) {
    underWay.remove(check.fingerprint);
    answer.tryFail(failure);
  }

  private Login judge(Check check) {
    boolean isRight = matches.test(check.shown.password(), check.hash);
    // Who was removed, or got another password, while theirs was checked is not let in.
    Optional<User> user =
        access.get().user(check.shown.name()).filter(now -> now.hash().equals(check.hash));
    if (!isRight || user.isEmpty()) {
      right.invalidate(check.fingerprint);
      backOff.wrong(check.address);
      return new Login.Wrong();
    }
    right.put(check.fingerprint, clock.instant());
    backOff.right(check.shown.name(), check.address);
    return new Login.Known(user.get().principal());
  }
}
