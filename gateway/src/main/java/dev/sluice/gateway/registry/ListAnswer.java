package dev.sluice.gateway.registry;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** Sends a list, or a part of one. */
final class ListAnswer {

  private ListAnswer() {}

  /**
   * @param next path and query of the part after it, on this registry; empty where this is the last
   */
  static Future<Void> send(
      Exchange exchange, String mediaType, Buffer body, Optional<String> next) {
    HttpServerResponse response = exchange.response();
    next.ifPresent(target -> response.putHeader("Link", '<' + target + ">; rel=\"next\""));
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    return exchange.isHead() ? response.end() : response.end(body);
  }
}
