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
   * @param next the query for the part after it; empty where this is the last
   */
  static Future<Void> send(
      Exchange exchange, String mediaType, Buffer body, Optional<String> next) {
    HttpServerResponse response = exchange.response();
    next.ifPresent(query -> response.putHeader("Link", exchange.next(query)));
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    return exchange.isHead() ? response.end() : response.end(body);
  }
}
