package dev.sluice.fetcher.fake;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Docker Hub's pull limit: a GET of a manifest counts, a HEAD does not, both say what is left, and
 * past the limit a GET is refused. Each login has a limit of its own; without one, all share one.
 *
 * <p>For scripts of manifests.
 */
public final class PullLimit implements Fault {
  private final int pulls;
  private final int windowSeconds;
  private final Map<String, AtomicInteger> used = new ConcurrentHashMap<>();

  /** So many pulls in so many seconds, though no window ever passes. */
  public PullLimit(int pulls, int windowSeconds) {
    this.pulls = pulls;
    this.windowSeconds = windowSeconds;
  }

  /** Only for requests that carry a login, which is asked of those that do not. */
  public Fault withLogins() {
    return (request, right) ->
        request.header("Authorization").isPresent()
            ? answer(request, right)
            : Reply.error(401, "UNAUTHORIZED").header("WWW-Authenticate", "Basic realm=\"hub\"");
  }

  @Override
  public Reply answer(Request request, Function<Request, Reply> right) {
    AtomicInteger account =
        used.computeIfAbsent(
            request.header("Authorization").orElse(""), first -> new AtomicInteger());
    boolean counts = request.method().equals("GET");
    int now = counts ? account.incrementAndGet() : account.get();
    Reply reply = now > pulls && counts ? refusal() : right.apply(request);
    return reply
        .header("ratelimit-limit", pulls + ";w=" + windowSeconds)
        .header("ratelimit-remaining", Math.max(0, pulls - now) + ";w=" + windowSeconds);
  }

  private static Reply refusal() {
    JsonObject error =
        new JsonObject()
            .put("code", "TOOMANYREQUESTS")
            .put("message", "You have reached your pull rate limit.");
    return Reply.json(429, new JsonObject().put("errors", new JsonArray().add(error)));
  }

  /** How many pulls an account asked for, refused ones too; by its header, empty without one. */
  public int asked(String authorization) {
    AtomicInteger account = used.get(authorization);
    return account == null ? 0 : account.get();
  }
}
