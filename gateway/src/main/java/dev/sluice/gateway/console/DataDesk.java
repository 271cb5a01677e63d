package dev.sluice.gateway.console;

import dev.sluice.gateway.access.Visitor;
import dev.sluice.gateway.api.ApiAnswer;
import dev.sluice.gateway.api.JsonBody;
import dev.sluice.gateway.console.Gathering.Wanted;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/** Answers what the console's pages ask, each visitor with what is theirs to see. */
final class DataDesk {

  private static final int LARGEST_BODY = 4 << 10;
  private static final int USUAL_PULLS = 200;
  private static final int USUAL_REPOSITORIES = 100;
  private static final int MOST_REPOSITORIES = 100;
  private static final String CHECK = "/check";

  private static final ApiAnswer NOT_ADMIN =
      ApiAnswer.error(
          403, "DENIED", "this login does not have the grant admin, which the operator gives");
  private static final ApiAnswer BUSY =
      ApiAnswer.error(503, "BUSY", "too many look at repositories at once; ask again")
          .with("Retry-After", "1");
  private static final ApiAnswer INVALID_TAG =
      ApiAnswer.error(400, "INVALID", "send {\"tag\": \"...\"}, a tag of this repository");

  private final Gathering gathering;
  private final RepositoryDesk repositories;
  private final Clock clock;

  DataDesk(Gathering gathering, RepositoryDesk repositories, Clock clock) {
    this.gathering = gathering;
    this.repositories = repositories;
    this.clock = clock;
  }

  /** A 405. */
  static ApiAnswer notAllowed(String allowed) {
    return ApiAnswer.error(405, "NOT_ALLOWED", "allowed here: " + allowed).with("Allow", allowed);
  }

  /** The same for what is not there and what is not theirs, so that neither can be told. */
  private static ApiAnswer unknown() {
    return ApiAnswer.error(404, "NOT_FOUND", "there is no such repository, or it is not yours");
  }

  Future<ApiAnswer> overview(Visitor who) {
    return gathering
        .ask(Wanted.NONE)
        .map(told -> Overview.visible(Overview.of(told, clock.instant()), who))
        .map(json -> ApiAnswer.of(200, json));
  }

  /** Who sees only some of them has all looked through for these. */
  Future<ApiAnswer> activity(HttpServerRequest request, Visitor who) {
    int limit = number(request.getParam("limit"), USUAL_PULLS, Activity.KEPT);
    int asked = who.isAdmin() ? limit : Activity.KEPT;
    return gathering
        .ask(Wanted.last(asked))
        .map(told -> PullView.visible(Overview.pulls(told, asked), who))
        .map(
            pulls ->
                ApiAnswer.of(
                    200,
                    new JsonObject()
                        .put("pulls", new JsonArray(pulls.stream().limit(limit).toList()))));
  }

  Future<ApiAnswer> repositories(HttpServerRequest request, Visitor who) {
    var asked =
        new RepositoryList.Asked(
            Optional.ofNullable(request.getParam("prefix")).orElse(""),
            Optional.ofNullable(request.getParam("after")).orElse(""),
            number(request.getParam("limit"), USUAL_REPOSITORIES, MOST_REPOSITORIES));
    return repositories
        .list(asked, who)
        .map(page -> page.map(json -> ApiAnswer.of(200, json)).orElse(BUSY));
  }

  /** A text that is no number counts as none. */
  private static int number(String text, int usual, int most) {
    try {
      return text == null ? usual : Math.clamp(Integer.parseInt(text), 1, most);
    } catch (NumberFormatException senseless) {
      return usual;
    }
  }

  Future<ApiAnswer> repository(String segment, Visitor who) {
    return name(segment, who)
        .map(
            name -> repositories.show(name).map(looked -> looked.map(DataDesk::shown).orElse(BUSY)))
        .orElseGet(() -> Future.succeededFuture(unknown()));
  }

  private static ApiAnswer shown(Optional<JsonObject> repository) {
    return repository.map(json -> ApiAnswer.of(200, json)).orElseGet(DataDesk::unknown);
  }

  /** Checks a tag of a repository now. */
  Future<ApiAnswer> act(HttpServerRequest request, String path, Visitor who) {
    if (!who.isAdmin()) {
      return Future.succeededFuture(NOT_ADMIN);
    }
    if (!JsonBody.isDeclared(request)) {
      return Future.succeededFuture(ConsoleEdge.NOT_JSON);
    }
    Optional<RepositoryName> name =
        path.endsWith(CHECK)
            ? name(path.substring(0, path.length() - CHECK.length()), who)
            : Optional.empty();
    return name.isEmpty()
        ? Future.succeededFuture(unknown())
        : JsonBody.read(request, LARGEST_BODY).compose(body -> check(name.get(), body));
  }

  private Future<ApiAnswer> check(RepositoryName name, JsonBody body) {
    return switch (body) {
      case JsonBody.Unusable(var answer) -> Future.succeededFuture(answer);
      case JsonBody.Whole(var bytes) ->
          tag(bytes)
              .map(tag -> repositories.check(name, tag).map(json -> ApiAnswer.of(200, json)))
              .orElseGet(() -> Future.succeededFuture(INVALID_TAG));
    };
  }

  private static Optional<Tag> tag(Buffer body) {
    try {
      return new JsonObject(body).getValue("tag") instanceof String text
          ? Reference.parseTag(text)
          : Optional.empty();
    } catch (DecodeException | ClassCastException malformed) {
      return Optional.empty();
    }
  }

  /** A name in one segment, its slashes escaped. */
  private static Optional<RepositoryName> name(String segment, Visitor who) {
    try {
      String text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
      return RepositoryName.parse(text).filter(who::mayPull);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
