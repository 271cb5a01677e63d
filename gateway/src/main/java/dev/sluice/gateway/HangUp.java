package dev.sluice.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/** The end of a connection whose next bytes are not to be read. */
public final class HangUp {

  /** How long a client may go on sending what nobody reads. */
  private static final int LAST_WORD_SECONDS = 1;

  private HangUp() {}

  /**
   * Makes the answer that is about to be given the last one; to be called before it, as what came
   * along with the request would be taken up behind it.
   */
  public static void after(HttpServerRequest request) {
    // HTTP/2 has no such header (RFC 9113 section 8.2.2).
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    request.connection().shutdown(LAST_WORD_SECONDS, TimeUnit.SECONDS);
  }
}
