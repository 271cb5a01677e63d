package dev.sluice.gateway.ecr;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The token that leads to a page: the key of the last item before it. It is no secret and no
 * permission; it is encoded so that nobody takes it for something to be made by hand.
 */
final class PageToken {

  /** So that other tokens, and those of another form in time to come, are refused. */
  private static final String FORM = "page1:";

  private PageToken() {}

  static String write(String lastKey) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((FORM + lastKey).getBytes(StandardCharsets.UTF_8));
  }

  /** The key; empty for what is no token of ours. */
  static Optional<String> read(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return text.startsWith(FORM) ? Optional.of(text.substring(FORM.length())) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
