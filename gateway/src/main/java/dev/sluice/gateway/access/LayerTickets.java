package dev.sluice.gateway.access;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Permission to get one blob of one repository without a login, carried by a URL: what ECR's
 * GetDownloadUrlForLayer hands out.
 */
public final class LayerTickets {

  /** The query parameter of {@code /v2/<name>/blobs/<digest>} that carries a ticket. */
  public static final String PARAMETER = "ticket";

  /** Long enough to begin a download. */
  public static final Duration VALID_FOR = Duration.ofMinutes(5);

  private static final String REPOSITORY = "repository";
  private static final String DIGEST = "digest";

  private final Clock clock;
  private final KeySignatures signatures;

  /**
   * @param access what the operator grants now
   */
  public LayerTickets(Clock clock, Supplier<AccessList> access) {
    this.clock = clock;
    this.signatures = new KeySignatures("sluice layer ticket", access);
  }

  /** Makes a ticket; its characters need no escaping in a URL. */
  public String issue(AccessKey key, RepositoryName repository, Digest digest) {
    return signatures.sign(
        key,
        new JWTClaimsSet.Builder()
            .subject(key.id())
            .expirationTime(Date.from(clock.instant().plus(VALID_FOR)))
            .claim(REPOSITORY, repository.value())
            .claim(DIGEST, digest.toString())
            .build());
  }

  /** Whether a ticket lets its bearer get this blob of this repository now. */
  public boolean admits(String ticket, RepositoryName repository, Digest digest) {
    Optional<KeySignatures.Signed> signed = signatures.read(ticket);
    return signed.isPresent()
        && signed.get().key().grants().mayPull(repository)
        && isFor(signed.get().claims(), repository, digest);
  }

  private boolean isFor(JWTClaimsSet claims, RepositoryName repository, Digest digest) {
    Instant now = clock.instant();
    Date end = claims.getExpirationTime();
    try {
      return end != null
          && now.isBefore(end.toInstant())
          && repository.value().equals(claims.getStringClaim(REPOSITORY))
          && digest.toString().equals(claims.getStringClaim(DIGEST));
    } catch (ParseException forged) {
      return false;
    }
  }
}
