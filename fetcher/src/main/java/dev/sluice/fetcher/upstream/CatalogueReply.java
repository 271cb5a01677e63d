package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the answer to {@code _catalog} (Docker Registry HTTP API V2, "Listing Repositories"). */
final class CatalogueReply {

  private CatalogueReply() {}

  /**
   * @param link the {@code Link} header; of its URL only the paging parameters are taken
   */
  static UpstreamAnswer<CataloguePage> read(Buffer body, Optional<String> link) {
    try {
      JsonArray listed = new JsonObject(body).getJsonArray("repositories", new JsonArray());
      List<String> repositories =
          listed == null
              ? List.of()
              : listed.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      return new Got<>(
          new CataloguePage(
              repositories,
              link.map(CatalogueReply::escaped).map(TagsReply::next).orElse(Map.of())));
    } catch (DecodeException | ClassCastException malformed) {
      return new Trouble<>("it did not answer with a list of repositories");
    }
  }

  /** The last repository of a page has slashes, which some registries leave as they are. */
  private static String escaped(String link) {
    int query = link.indexOf('?');
    return query < 0 ? link : link.substring(0, query) + link.substring(query).replace("/", "%2F");
  }
}
