package dev.sluice.gateway.ecr;

import io.vertx.core.json.JsonObject;

/** What an operation answers. */
public sealed interface EcrAnswer {

  /** It was done; members without a value are left out of the body. */
  record Done(JsonObject body) implements EcrAnswer {

    /** Done, with nothing to tell. */
    public Done() {
      this(new JsonObject());
    }
  }

  /**
   * It was not done.
   *
   * @param message for people: what happened and what to do; in ECR's own words where it has some
   */
  record Failed(ErrorType type, String message) implements EcrAnswer {

    /**
     * A member that does not meet its constraint.
     *
     * @param constraint such as {@code Member must not be null}
     */
    public static Failed invalid(String member, String constraint) {
      return new Failed(
          ErrorType.INVALID_PARAMETER,
          "Invalid parameter at '"
              + member
              + "' failed to satisfy constraint: '"
              + constraint
              + '\'');
    }

    /** What cannot be read as the JSON that the operation takes. */
    public static Failed unreadable(String message) {
      return new Failed(ErrorType.SERIALIZATION, message);
    }

    /** A failure of ours; the log says more. */
    public static Failed server() {
      return new Failed(ErrorType.SERVER, "Sluice failed on this request; its log says why");
    }
  }
}
