package dev.sluice.gateway.registry;

import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives each request the id by which a client, a load balancer and the log speak of it: the one it
 * comes with, else one at random, that tells nobody how many others there are.
 */
final class RequestIds {

  static final String HEADER = "X-Request-Id";

  private static final int LONGEST = 64;

  private RequestIds() {}

  static String of(HttpServerRequest request) {
    String given = request.getHeader(HEADER);
    return given != null && isPlain(given)
        ? given
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** What a stranger sends stands in logs and in headers. */
  private static boolean isPlain(String id) {
    return !id.isEmpty()
        && id.length() <= LONGEST
        && id.chars()
            .allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
  }
}
