package dev.sluice.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a browser shows in place of a password once its user has logged in. It is kept nowhere:
 * every node with the same key accepts it, until its end, and for as long as the credential that
 * was logged in with is what it was. What its holder may do is looked up each time.
 */
public final class Sessions {

  /** The cookie that carries one. */
  public static final String COOKIE = "sluice-session";

  /** As long as a registry token. */
  public static final Duration VALID_FOR = Duration.ofHours(12);

  private static final int LONGEST = 1023;

  private final Clock clock;
  private final Supplier<AccessList> access;
  private final byte[] key;

  /** A principal, and what changes when their credential does. */
  private record Credential(char kind, Principal principal, String secret) {}

  /**
   * @param access what the operator grants now
   * @param key 32 bytes that only the nodes of the cluster know; passwords' hashes alone, which
   *     others may have seen, make no session
   */
  public Sessions(Clock clock, Supplier<AccessList> access, byte[] key) {
    this.clock = clock;
    this.access = access;
    this.key = key.clone();
  }

  /** Begins a session; empty where this principal has just been taken away. */
  public Optional<String> begin(Principal principal) {
    return ofKey(principal.name())
        .or(() -> ofUser(principal.name()))
        .map(
            credential -> {
              long end = clock.instant().plus(VALID_FOR).getEpochSecond();
              String said =
                  credential.kind + "." + end + '.' + UUID.randomUUID() + '.' + principal.name();
              return encoded(said.getBytes(UTF_8)) + '.' + encoded(mac(credential, said));
            });
  }

  /** Whose session this is now; empty where it is over, or never was one. Takes microseconds. */
  public Optional<Principal> find(String session) {
    int dot = session.indexOf('.');
    if (dot < 0 || session.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      String said = new String(decoded(session.substring(0, dot)), UTF_8);
      return find(said, decoded(session.substring(dot + 1)));
    } catch (IllegalArgumentException forged) {
      return Optional.empty();
    }
  }

  private Optional<Principal> find(String said, byte[] mac) {
    String[] parts = said.split("\\.", 4);
    if (parts.length < 4) {
      return Optional.empty();
    }
    Optional<Credential> credential =
        switch (parts[0]) {
          case "k" -> ofKey(parts[3]);
          case "u" -> ofUser(parts[3]);
          default -> Optional.empty();
        };
    return credential
        .filter(known -> MessageDigest.isEqual(mac(known, said), mac))
        .filter(_ -> clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[1]))))
        .map(Credential::principal);
  }

  private Optional<Credential> ofKey(String id) {
    return access.get().key(id).map(one -> new Credential('k', one.principal(), one.secret()));
  }

  private Optional<Credential> ofUser(String name) {
    return access.get().user(name).map(one -> new Credential('u', one.principal(), one.hash()));
  }

  private byte[] mac(Credential credential, String said) {
    byte[] own = Fingerprints.hmac(key, "console session " + credential.kind + credential.secret);
    return Fingerprints.hmac(own, said);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
