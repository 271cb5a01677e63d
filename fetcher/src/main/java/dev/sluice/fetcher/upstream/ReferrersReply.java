package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.MediaType;
import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
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
   * Reads an answer.
   *
   * @param links the {@code Link} headers
   * @return absent for a page for browsers, which some registries have in place of the endpoint
   */
  static UpstreamAnswer<ReferrersPage> read(
      Buffer body, Optional<String> contentType, List<String> links) {
    boolean isSaidToBe = contentType.orElse("").startsWith(MediaType.OCI_INDEX);
    try {
      JsonObject index = new JsonObject(body);
      return isSaidToBe || index.getValue("manifests") instanceof JsonArray
          ? new Got<>(
              new ReferrersPage(
                  Referrer.all(index).toList(),
                  NextLink.query(links).filter(query -> QUERY.matcher(query).matches())))
          : new Absent<>();
    } catch (DecodeException | ClassCastException malformed) {
      return isSaidToBe
          ? new Trouble<>("it did not answer with a list of referrers")
          : new Absent<>();
    }
  }
}
