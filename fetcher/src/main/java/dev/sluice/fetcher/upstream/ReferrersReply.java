package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.MediaType;
import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the answer to a question for referrers (distribution spec, "Listing Referrers"). */
final class ReferrersReply {

  /** Its parameters are the registry's own affair; no other character can leave a URL. */
  private static final Pattern QUERY = Pattern.compile("[\\w.~%&=-]{1,2048}");

  private ReferrersReply() {}

  /**
   * @param contentType some registries answer 200 with a page for browsers where they have no such
   *     endpoint
   * @param links the {@code Link} headers
   */
  static UpstreamAnswer<ReferrersPage> read(
      Buffer body, Optional<String> contentType, List<String> links) {
    try {
      JsonObject index = new JsonObject(body);
      boolean isIndex =
          contentType.orElse("").startsWith(MediaType.OCI_INDEX)
              || index.getValue("manifests") instanceof JsonArray;
      return isIndex
          ? new Got<>(
              new ReferrersPage(
                  Referrer.all(index).toList(),
                  NextLink.query(links).filter(query -> QUERY.matcher(query).matches())))
          : notOne();
    } catch (DecodeException | ClassCastException malformed) {
      return notOne();
    }
  }

  private static <T> UpstreamAnswer<T> notOne() {
    return new Trouble<>("it did not answer with a list of referrers");
  }
}
