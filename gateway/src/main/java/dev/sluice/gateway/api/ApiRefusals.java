package dev.sluice.gateway.api;

import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.AdminAccess.Verdict;
import dev.sluice.gateway.access.Login;
import java.time.Duration;

/** What those are answered who are not let in. */
public final class ApiRefusals {

  /**
   * Names no scheme that a browser knows: it would ask for a password itself, over the page that
   * does.
   */
  private static final String SESSION = "Session realm=\"sluice\"";

  private ApiRefusals() {}

  /** A 500; the log says more. */
  public static ApiAnswer bug() {
    return ApiAnswer.error(500, "UNKNOWN", "Sluice failed on this request; its log says why");
  }

  /**
   * The answer to a verdict that lets nobody in.
   *
   * @param challenge how to log in; empty for pages, which know
   */
  public static ApiAnswer of(Verdict verdict, String challenge) {
    return switch (verdict) {
      case AdminAccess.Unknown(var why) ->
          ApiAnswer.error(401, "UNAUTHORIZED", why)
              .with("WWW-Authenticate", challenge.isEmpty() ? SESSION : challenge);
      case AdminAccess.Forbidden(var why) -> ApiAnswer.error(403, "DENIED", why);
      case AdminAccess.Unheard(var login) -> unheard(login);
      case AdminAccess.Admitted _ -> throw new IllegalArgumentException("it lets somebody in");
    };
  }

  private static ApiAnswer unheard(Login login) {
    boolean isTooMany = login instanceof Login.TooMany;
    Duration wait =
        switch (login) {
          case Login.TooMany(var after) -> after;
          case Login.Busy(var after) -> after;
          default -> Duration.ofSeconds(1);
        };
    return ApiAnswer.error(
            isTooMany ? 429 : 503,
            isTooMany ? "TOO_MANY_LOGINS" : "BUSY",
            "too many logins; this one was not looked at")
        .with("Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
  }
}
