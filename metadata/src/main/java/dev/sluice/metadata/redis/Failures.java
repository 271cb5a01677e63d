package dev.sluice.metadata.redis;

import io.vertx.redis.client.Response;
import java.util.concurrent.TimeoutException;

/** What Redis says, or does not, instead of an answer. */
final class Failures {

  private Failures() {}

  /** The key holds another kind of data. */
  static boolean isWrongType(Throwable failure) {
    return says(failure, "WRONGTYPE");
  }

  /** The script is not known to this server yet. */
  static boolean isNoScript(Throwable failure) {
    return says(failure, "NOSCRIPT");
  }

  /** Who was asked is not the master, or not yet; nothing was changed. */
  static boolean isNoMaster(Throwable failure) {
    return says(failure, "READONLY") || says(failure, "LOADING") || says(failure, "MASTERDOWN");
  }

  /** Whoever is behind these connections, it is better to make new ones. */
  static boolean isOfTheConnections(Throwable failure) {
    return isNoMaster(failure) || failure instanceof TimeoutException;
  }

  private static boolean says(Throwable failure, String word) {
    return failure instanceof Response
        && failure.getMessage() != null
        && failure.getMessage().startsWith(word);
  }
}
