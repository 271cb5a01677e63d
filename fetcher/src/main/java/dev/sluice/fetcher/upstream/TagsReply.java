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
import java.util.Optional;

/** Reads the answer to a tags list (distribution spec, "Listing Tags"). */
final class TagsReply {

  private TagsReply() {}

  /**
   * @param link the {@code Link} header; of its URL only the paging parameters are taken, so that
   *     it cannot lead anywhere else
   */
  static UpstreamAnswer<TagsPage> read(Buffer body, Optional<String> link) {
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
      return new Got<>(new TagsPage(tags, link.map(TagsReply::next).orElse(Map.of())));
    } catch (DecodeException | ClassCastException malformed) {
      return new Trouble<>("it did not answer with a list of tags");
    }
  }

  static Map<String, String> next(String link) {
    int open = link.indexOf('<');
    int close = link.indexOf('>', open + 1);
    int query = link.indexOf('?', open + 1);
    if (open < 0 || close < 0 || query < 0 || query > close || !link.contains("next")) {
      return Map.of();
    }
    return TagPaging.parse(link.substring(query + 1, close)).orElse(Map.of());
  }
}
