package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Reads the answer to {@code _catalog} (Docker Registry HTTP API V2, "Listing Repositories"). */
final class CatalogueReply {

  private CatalogueReply() {}

  /**
   * @param links the {@code Link} headers; of them only the paging parameters are taken
   */
  static UpstreamAnswer<CataloguePage> read(Buffer body, List<String> links) {
    try {
      JsonArray listed = new JsonObject(body).getJsonArray("repositories", new JsonArray());
      List<String> repositories =
          listed == null
              ? List.of()
              : listed.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      return new Got<>(new CataloguePage(repositories, TagsReply.next(links)));
    } catch (DecodeException | ClassCastException malformed) {
      return new Trouble<>("it did not answer with a list of repositories");
    }
  }
}
