package dev.sluice.gateway.registry;

import dev.sluice.fetcher.FetchService;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Answers {@code _catalog} (Docker Registry HTTP API V2, "Listing Repositories"). */
final class CatalogHandler {

  private final FetchService fetch;

  CatalogHandler(FetchService fetch) {
    this.fetch = fetch;
  }

  Future<Void> handle(Exchange exchange, PullRequest.Catalog asked) {
    return exchange
        .notes()
        .ask(fetch::repositories)
        .compose(known -> answer(exchange, asked.paging(), known));
  }

  private static Future<Void> answer(Exchange exchange, Paging paging, List<RepositoryName> known) {
    var part =
        paging.of(known.stream().map(RepositoryName::value).toList(), name -> name, String::length);
    return ListAnswer.send(
        exchange,
        "application/json",
        new JsonObject().put("repositories", new JsonArray(part.entries())).toBuffer(),
        part.next());
  }
}
