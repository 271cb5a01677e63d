package dev.sluice.gateway.registry;

import dev.sluice.fetcher.Refused;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * An error as the distribution spec has it ("Error Codes"); the only place that makes an error's
 * body.
 *
 * @param status of HTTP
 * @param code of the spec
 * @param message for people: what happened and what to do
 * @param retryAfter when asking again makes sense; zero where it does not
 */
record OciError(int status, String code, String message, Duration retryAfter) {

  /** Loop Detected (RFC 5842 section 7.2). */
  static final int LOOP = 508;

  /** Long enough for another fill to begin. */
  private static final Duration SOON = Duration.ofSeconds(5);

  OciError(int status, String code, String message) {
    this(status, code, message, Duration.ZERO);
  }

  /** What a client is told of a refusal. Never 502: containerd does not try again after that. */
  static OciError of(Refused refused) {
    int status =
        switch (refused.reason()) {
          case NAME_UNKNOWN, MANIFEST_UNKNOWN, BLOB_UNKNOWN -> 404;
          case DENIED -> 403;
          case TOO_MANY_REQUESTS -> 429;
          // Not 503, after which clients ask again, and not 404: the rule is wrong, no image.
          case LOOP_DETECTED -> LOOP;
          case UNAVAILABLE -> 503;
        };
    String code =
        switch (refused.reason()) {
          case NAME_UNKNOWN -> "NAME_UNKNOWN";
          case MANIFEST_UNKNOWN -> "MANIFEST_UNKNOWN";
          case BLOB_UNKNOWN -> "BLOB_UNKNOWN";
          case DENIED -> "DENIED";
          case TOO_MANY_REQUESTS -> "TOOMANYREQUESTS";
          case LOOP_DETECTED, UNAVAILABLE -> "UNAVAILABLE";
        };
    return new OciError(status, code, refused.message(), refused.retryAfter());
  }

  /** Nobody knows who asks; goes with a challenge. */
  static OciError unauthorized() {
    return new OciError(
        401, "UNAUTHORIZED", "this needs a login that is right, or an operator who opens it");
  }

  /** It is known who asks. Says the same of what is there and what is not. */
  static OciError denied() {
    return new OciError(
        403, "DENIED", "this login may not pull that; the operator grants it under access");
  }

  /** It is known who asks, and they do not administer this registry. */
  static OciError forAdmins() {
    return new OciError(403, "DENIED", "this is for logins that have the grant admin");
  }

  /** A registry token that is too old; the message is ECR's. */
  static OciError expired() {
    return new OciError(
        403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");
  }

  /** A URL for one blob that is too old, altered, or of another blob. */
  static OciError badTicket() {
    return new OciError(
        403, "DENIED", "this download URL is not or no longer valid; ask for another");
  }

  /** One login after the other was wrong. */
  static OciError tooManyLogins(Duration wait) {
    return new OciError(
        429, "TOOMANYREQUESTS", "too many wrong logins; this one was not looked at", wait);
  }

  /** More passwords than can be hashed. */
  static OciError busyWithLogins(Duration wait) {
    return new OciError(
        503, "UNAVAILABLE", "too many logins at once; this one was not looked at", wait);
  }

  /** What was found a moment ago is gone: its fill has failed, or it was taken away. */
  static OciError vanished() {
    return new OciError(503, "UNAVAILABLE", "what was found here is gone already; ask again", SOON);
  }

  /** A blob that cannot be told from a cut one by this client until its size is known. */
  static OciError unsized() {
    return new OciError(
        503, "UNAVAILABLE", "its size is not known yet; ask again, or by HTTP/1.1", SOON);
  }

  /** A bug of ours; the log says more. */
  static OciError internal() {
    return new OciError(
        500, "UNKNOWN", "Sluice failed on this request; its log says why", Duration.ZERO);
  }

  /** The spec's JSON. */
  Buffer body() {
    JsonObject error = new JsonObject().put("code", code).put("message", message);
    return new JsonObject().put("errors", new JsonArray().add(error)).toBuffer();
  }
}
