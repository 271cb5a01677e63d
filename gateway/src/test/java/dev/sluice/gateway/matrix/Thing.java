package dev.sluice.gateway.matrix;

import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import java.io.IOException;

/**
 * Something to ask, and the answer to who may.
 *
 * @param header a line of the request; empty for none
 */
record Thing(String method, String target, String header, int status, String body) {

  static Thing get(String target, String body) {
    return new Thing("GET", target, "", 200, body);
  }

  static Thing head(String target) {
    return new Thing("HEAD", target, "", 200, "");
  }

  static Thing range(String target, String body) {
    return new Thing("GET", target, "Range: bytes=3-20", 206, body.substring(3, 21));
  }

  Reply ask(Wire wire, Who who) throws IOException {
    return wire.ask(method, target, header.isEmpty() ? who.headers() : who.headers(header));
  }

  boolean isAnsweredBy(Reply reply) {
    return reply.status() == status && reply.text().equals(body);
  }

  @Override
  public String toString() {
    return method + ' ' + target + ' ' + header;
  }
}
