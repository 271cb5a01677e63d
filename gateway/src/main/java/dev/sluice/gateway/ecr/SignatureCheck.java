package dev.sluice.gateway.ecr;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Judges the head of a request that was signed with AWS' Signature Version 4, before its body is
 * read. What is left to judge then is a {@link Claim}.
 */
final class SignatureCheck {

  /** The service that a signature must be for. */
  static final String SERVICE = "ecr";

  /** Not only what every client signs: a signature must not be moved to another operation. */
  private static final List<String> ALWAYS_SIGNED =
      List.of("content-type", "host", "x-amz-date", "x-amz-target");

  private static final String AMAZON = "x-amz-";

  private final Function<String, Optional<AccessKey>> keys;
  private final Clock clock;

  /**
   * A check against these keys.
   *
   * @param keys those that count at this moment, by their ids
   */
  SignatureCheck(Function<String, Optional<AccessKey>> keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** What came of judging a head. */
  sealed interface Verdict {

    /** Nothing speaks against it so far. */
    record Claimed(Claim claim) implements Verdict {}

    /** It is refused, whatever its body is. */
    record Refused(Failed failed) implements Verdict {}
  }

  /** Judges a head; its target is path and query. */
  Verdict judge(String target, MultiMap headers) {
    List<String> lines = headers.getAll("authorization");
    if (lines.isEmpty()) {
      return refused(ErrorType.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
    }
    Optional<SignedAuthorization> authorization =
        lines.size() > 1 ? Optional.empty() : SignedAuthorization.parse(lines.getFirst());
    Optional<SigningTime> time = only(headers, "x-amz-date").flatMap(SigningTime::parse);
    if (authorization.isEmpty() || time.isEmpty()) {
      return refused(
          ErrorType.INCOMPLETE_SIGNATURE,
          "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters"
              + " of AWS4-HMAC-SHA256, and an 'X-Amz-Date' header.");
    }
    Optional<AccessKey> key = keys.apply(authorization.get().keyId());
    if (key.isEmpty() || headers.contains("x-amz-security-token")) {
      // Nobody gives out session tokens here, so that one is never ours.
      return refused(
          ErrorType.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
    }
    return judge(target, headers, key.get(), authorization.get(), time.get());
  }

  private Verdict judge(
      String target,
      MultiMap headers,
      AccessKey key,
      SignedAuthorization authorization,
      SigningTime time) {
    Optional<String> objection =
        scopeObjection(authorization, time)
            .or(() -> unsigned(headers, authorization))
            .or(() -> time.objection(clock.instant()));
    if (objection.isPresent()) {
      return refused(ErrorType.INVALID_SIGNATURE, objection.get());
    }
    Map<String, String> signed = new TreeMap<>();
    for (String name : authorization.signedHeaders()) {
      Optional<String> value = only(headers, name);
      if (value.isEmpty()) {
        return new Verdict.Refused(Claim.MISMATCH);
      }
      signed.put(name, value.get());
    }
    return new Verdict.Claimed(new Claim(key, authorization, target, signed));
  }

  private static Optional<String> scopeObjection(
      SignedAuthorization authorization, SigningTime time) {
    if (!authorization.service().equals(SERVICE)) {
      return Optional.of("Credential should be scoped to correct service: 'ecr'.");
    }
    return authorization.day().equals(time.day())
        ? Optional.empty()
        : Optional.of(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
                + " HTTP");
  }

  private static Optional<String> unsigned(MultiMap headers, SignedAuthorization authorization) {
    TreeSet<String> needed = new TreeSet<>(ALWAYS_SIGNED);
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(AMAZON)) {
        needed.add(lower);
      }
    }
    authorization.signedHeaders().forEach(needed::remove);
    return needed.stream()
        .findFirst()
        .map(name -> "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
  }

  /** A header's value; empty where it is missing, or stands there twice: which one was signed? */
  private static Optional<String> only(MultiMap headers, String name) {
    List<String> values = headers.getAll(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  private static Verdict refused(ErrorType type, String message) {
    return new Verdict.Refused(new Failed(type, message));
  }
}
