package dev.sluice.gateway;

/**
 * What the log tells of a request that has ended. One is made for each, so it holds what was there
 * already.
 *
 * @param at when it ended, in milliseconds since 1970
 * @param method a dash where a client made it up
 * @param target what was asked, of printable ASCII only
 * @param client the address at the other end of the connection
 * @param principal a dash where nobody logged in
 * @param rule the prefix of its rule; a dash for none
 * @param outcome in a word
 * @param bytes of the body that were handed to the socket
 * @param request by which it is found
 * @param trace that it is a part of; empty text for none
 * @param came the target as it came, where that is another than {@code target}; else empty text
 */
public record RequestLine(
    long at,
    String method,
    String target,
    int status,
    String client,
    String principal,
    String rule,
    String outcome,
    long bytes,
    long millis,
    String request,
    String trace,
    String came) {

  /** Takes the lines of requests. Called on event loops, so it never waits. */
  @FunctionalInterface
  public interface Taker {

    /** Takes none. */
    Taker NONE = line -> {};

    /** Takes the line of a request that has just ended. */
    void take(RequestLine line);
  }
}
