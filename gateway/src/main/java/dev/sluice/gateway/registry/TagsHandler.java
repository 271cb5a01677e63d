package dev.sluice.gateway.registry;

import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.TagPaging;
import dev.sluice.fetcher.TagsAnswer.Page;
import dev.sluice.fetcher.TagsRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** Answers {@code tags/list}. */
final class TagsHandler {

  private final FetchService fetch;

  TagsHandler(FetchService fetch) {
    this.fetch = fetch;
  }

  Future<Void> handle(Exchange exchange, PullRequest.Tags asked) {
    if ("0".equals(asked.paging().get("n"))) {
      // The spec: an empty list and no Link. Nobody needs to be asked for that.
      return answer(exchange, asked, new Page(java.util.List.of(), Map.of(), Optional.empty()));
    }
    return exchange
        .notes()
        .ask(() -> fetch.tags(new TagsRequest(asked.repository(), asked.paging())))
        .compose(
            answer ->
                switch (answer) {
                  case Page page -> answer(exchange, asked, page);
                  case Refused refused -> exchange.refuse(OciError.of(refused));
                });
  }

  private static Future<Void> answer(Exchange exchange, PullRequest.Tags asked, Page page) {
    String name = asked.repository().value();
    Buffer body =
        new JsonObject().put("name", name).put("tags", new JsonArray(page.tags())).toBuffer();
    page.staleReason().ifPresent(exchange::warn);
    return ListAnswer.send(
        exchange,
        "application/json",
        body,
        Optional.of(TagPaging.format(page.next())).filter(query -> !query.isEmpty()));
  }
}
