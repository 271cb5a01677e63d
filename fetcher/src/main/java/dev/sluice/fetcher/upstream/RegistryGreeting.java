package dev.sluice.fetcher.upstream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What a registry answers to {@code GET /v2/}, told from what any web server does. */
final class RegistryGreeting {

  private static final int MOST = 64 << 10;

  private RegistryGreeting() {}

  /**
   * Whether an answer of status 200 is a registry's: by Docker's header, a JSON object, or no body
   * at all, for the distribution spec asks for nothing but the status. Waits for the body.
   */
  static boolean isOne(UpstreamResponse response) {
    if (response.header("Docker-Distribution-Api-Version").isPresent()) {
      response.discard();
      return true;
    }
    return response
        .body(MOST)
        .map(body -> body.length() == 0 || isObject(body))
        .otherwise(false)
        .await();
  }

  private static boolean isObject(Buffer body) {
    try {
      return new JsonObject(body) != null;
    } catch (DecodeException | ClassCastException other) {
      return false;
    }
  }
}
