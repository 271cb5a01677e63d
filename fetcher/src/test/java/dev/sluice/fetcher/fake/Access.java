package dev.sluice.fetcher.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Decides which requests the registry listens to. */
interface Access {
  /** Everyone may pull. */
  Access OPEN = _ -> Optional.empty();

  /** The refusal, or empty where the request may go on. */
  Optional<Reply> refuse(Request request);

  /** One account, by Basic authentication. */
  static Access basic(String user, String password) {
    return request ->
        carries(request, user, password)
            ? Optional.empty()
            : Optional.of(
                Reply.error(401, "UNAUTHORIZED")
                    .header("WWW-Authenticate", "Basic realm=\"fake\""));
  }

  /** Whether a request carries this account's Basic credential. */
  static boolean carries(Request request, String user, String password) {
    byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    String expected = "Basic " + Base64.getEncoder().encodeToString(pair);
    return request.header("Authorization").filter(expected::equals).isPresent();
  }
}
