package dev.sluice.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Passwords for {@code docker login --username AWS}, made from an access key. They are kept
 * nowhere: restarts and other nodes accept them, and they end with their key. They hold no colon,
 * at which AWS clients would break.
 */
public final class RegistryTokens {

  /** As long as ECR's. */
  public static final Duration VALID_FOR = Duration.ofHours(12);

  /** How far the clock of the node that made a token may be ahead of ours. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final int MOST_REMEMBERED = 10_000;

  private final Clock clock;
  private final Supplier<AccessList> access;
  private final KeySignatures signatures;
  private final Fingerprints fingerprints = new Fingerprints();
  private final Cache<String, Checked> checked;

  /** A right signature: by which key, under which secret's fingerprint, and until when. */
  private record Checked(String keyId, String secret, Instant expiresAt) {}

  /** A new password and its end. */
  public record Issued(String password, Instant expiresAt) {
    /** Leaves the password out. */
    @Override
    public String toString() {
      return "Issued[until " + expiresAt + ']';
    }
  }

  /** What became of a password. */
  public sealed interface Verdict {}

  /** It is right. */
  public record Known(AccessKey key) implements Verdict {}

  /** It was right, and is too old. */
  public record Expired() implements Verdict {}

  /** It was never right, or its key is gone or has another secret. */
  public record Unknown() implements Verdict {}

  /**
   * @param access what the operator grants now
   */
  public RegistryTokens(Clock clock, Supplier<AccessList> access) {
    this.clock = clock;
    this.access = access;
    this.signatures = new KeySignatures("sluice registry token", access);
    checked =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(VALID_FOR)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /** Makes a password of less than 1 kB. */
  public Issued issue(AccessKey key) {
    Instant end = clock.instant().plus(VALID_FOR).truncatedTo(ChronoUnit.SECONDS);
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(key.id())
            .expirationTime(Date.from(end))
            .jwtID(UUID.randomUUID().toString())
            .build();
    return new Issued(signatures.sign(key, claims), end);
  }

  /** Judges a password. Takes microseconds, so it may be called on an event loop. */
  public Verdict verify(String password) {
    String fingerprint = fingerprints.of(password);
    Checked known = checked.getIfPresent(fingerprint);
    if (known == null) {
      Optional<Checked> read = signatures.read(password).flatMap(this::checked);
      if (read.isEmpty()) {
        return new Unknown();
      }
      known = read.get();
      checked.put(fingerprint, known);
    }
    return judge(known);
  }

  private Optional<Checked> checked(KeySignatures.Signed signed) {
    return Optional.ofNullable(signed.claims().getExpirationTime())
        .map(
            end ->
                new Checked(
                    signed.key().id(), fingerprints.of(signed.key().secret()), end.toInstant()));
  }

  /** The key may have gone, or have other grants, since its signature was checked. */
  private Verdict judge(Checked known) {
    Optional<AccessKey> key = access.get().key(known.keyId);
    Instant now = clock.instant();
    boolean isEndless = known.expiresAt.isAfter(now.plus(VALID_FOR).plus(CLOCK_SKEW));
    if (key.isEmpty() || !isUnder(key.get(), known) || isEndless) {
      return new Unknown();
    }
    return now.isBefore(known.expiresAt) ? new Known(key.get()) : new Expired();
  }

  private boolean isUnder(AccessKey key, Checked known) {
    return fingerprints.of(key.secret()).equals(known.secret);
  }
}
