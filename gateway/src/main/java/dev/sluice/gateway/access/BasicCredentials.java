package dev.sluice.gateway.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A user's name and password as {@code Authorization: Basic} carries them (RFC 7617).
 *
 * @param name not empty
 * @param password not empty
 */
record BasicCredentials(String name, String password) {

  private static final String SCHEME = "Basic ";

  /** Empty for another scheme, for what cannot be decoded, and where either half is missing. */
  static Optional<BasicCredentials> parse(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    String text = new String(pair, StandardCharsets.UTF_8);
    int colon = text.indexOf(':');
    return colon > 0 && colon < text.length() - 1
        ? Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)))
        : Optional.empty();
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "BasicCredentials[" + name + ']';
  }
}
