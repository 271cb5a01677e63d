package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.TagPaging;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.metadata.Reference;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the answer to a tags list (distribution spec, "Listing Tags"). */
final class TagsReply {

  private TagsReply() {}

  /**
   * @param links the {@code Link} headers; of them only the paging parameters are taken
   */
  static UpstreamAnswer<TagsPage> read(Buffer body, List<String> links) {
    try {
      // Some registries answer null for a repository without tags.
      JsonArray listed = new JsonObject(body).getJsonArray("tags", new JsonArray());
      List<String> tags =
          listed == null
              ? List.of()
              : listed.stream()
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .filter(tag -> Reference.parseTag(tag).isPresent())
                  .toList();
      return new Got<>(new TagsPage(tags, next(links)));
    } catch (DecodeException | ClassCastException malformed) {
      return new Trouble<>("it did not answer with a list of tags");
    }
  }

  /**
   * The paging parameters of the next page; empty where there is none, or none of them says where
   * it begins.
   */
  static Map<String, String> next(List<String> links) {
    Map<String, String> next =
        new TreeMap<>(NextLink.query(links).flatMap(TagPaging::parse).orElse(Map.of()));
    // GHCR says n=0 where it was asked for no number: an empty page, of which there is no next.
    next.remove("n", "0");
    return next.containsKey("last") || next.containsKey("next_page") ? next : Map.of();
  }
}
