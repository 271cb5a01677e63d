package dev.sluice.gateway;

import java.time.Duration;

/** What a node counts of its clients' requests. Called on event loops. */
public interface GatewayMetrics {

  /**
   * A request has ended.
   *
   * @param operation one of a fixed few, such as {@code manifest}; never what a client sent
   * @param status of the answer
   * @param cache the {@code X-Cache} of the answer in lower case, or {@code none}
   * @param bytes of the body that were handed to the socket
   */
  void requestEnded(String operation, int status, String cache, long bytes, Duration took);

  /** A request for content has ended; told besides {@link #requestEnded}, for people to look at. */
  default void pullEnded(Pull pull) {}

  /** Counts nothing. */
  GatewayMetrics NONE = (operation, status, cache, bytes, took) -> {};
}
