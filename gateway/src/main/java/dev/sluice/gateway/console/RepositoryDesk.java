package dev.sluice.gateway.console;

import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.CheckRequest;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.Refused;
import dev.sluice.gateway.access.Visitor;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.RuleTable;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import dev.sluice.storage.Blobs;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What the console knows of repositories, and what it does with them. */
public final class RepositoryDesk {

  /** Looks that go on at once; each may hold thousands of records. */
  private static final int PLACES = 4;

  private final Parts parts;
  private final RepositoryList list;
  private final RepositoryView view;
  private final Semaphore places = new Semaphore(PLACES);

  /**
   * What it stands on.
   *
   * @param blobs where the manifests are that say for which platform an image is
   */
  public record Parts(
      Registry registry,
      Supplier<RuleTable> rules,
      Repositories repositories,
      TagIndex tags,
      Catalog catalog,
      Blobs blobs,
      FetchService fetch,
      Clock clock,
      Decisions decisions) {}

  public RepositoryDesk(Parts parts) {
    this.parts = parts;
    list = new RepositoryList(parts);
    view = new RepositoryView(parts);
  }

  /** A page of them; empty where too many look at once. */
  Future<Optional<JsonObject>> list(RepositoryList.Asked asked, Visitor who) {
    return inPlace(() -> list.page(asked, who));
  }

  /**
   * One with all that it holds.
   *
   * @return empty where too many look at once; within that, where there is none
   */
  Future<Optional<Optional<JsonObject>>> show(RepositoryName name) {
    return inPlace(() -> view.of(name));
  }

  private <T> Future<Optional<T>> inPlace(Supplier<T> look) {
    if (!places.tryAcquire()) {
      return Future.succeededFuture(Optional.empty());
    }
    return parts.decisions.task(look::get).map(Optional::of).onComplete(_ -> places.release());
  }

  /** Asks upstream where a tag points now. */
  Future<JsonObject> check(RepositoryName name, Tag tag) {
    return parts
        .fetch
        .check(new CheckRequest(name, tag))
        .compose(
            answer ->
                switch (answer) {
                  case CheckAnswer.Confirmed(var digest, _) ->
                      Future.succeededFuture(
                          outcome("confirmed", tag + " points where it did.")
                              .put("digest", digest.toString()));
                  case CheckAnswer.Moved(var from, var to, _) ->
                      Future.succeededFuture(
                          outcome(
                                  "moved",
                                  from.isPresent()
                                      ? tag + " has moved, and the new image is here."
                                      : tag + " was not here, and is now.")
                              .put("digest", to.toString()));
                  case Refused refused ->
                      parts.tags.find(name, tag).map(known -> unchecked(refused, known));
                });
  }

  private static JsonObject unchecked(Refused refused, Optional<TagEntry> known) {
    return known
        .map(entry -> outcome("kept", refused.message()).put("digest", entry.digest().toString()))
        .orElseGet(() -> outcome("unknown", refused.message()));
  }

  private static JsonObject outcome(String word, String message) {
    return new JsonObject().put("outcome", word).put("message", message);
  }
}
