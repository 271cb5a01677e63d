package dev.sluice.fetcher.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a rule shows to its registry and to that registry's token service, and to nobody else. */
public record Credential(String username, String secret) {

  /** As the value of an {@code Authorization} header (RFC 7617). */
  String basic() {
    byte[] pair = (username + ':' + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Credential[" + username + "]";
  }
}
