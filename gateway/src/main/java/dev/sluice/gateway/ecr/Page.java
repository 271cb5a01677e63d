package dev.sluice.gateway.ecr;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param nextToken leads to the next page; empty on the last one
 */
public record Page<T>(List<T> items, Optional<String> nextToken) {

  /**
   * Cuts a page out of a list.
   *
   * @param ordered every item, in ascending order of their keys
   * @param key of an item; unique, so that no item is shown twice or skipped
   */
  public static <T> Page<T> of(List<T> ordered, Function<T, String> key, PageRequest request) {
    List<T> rest =
        ordered.stream()
            .filter(
                item -> request.after().stream().allMatch(a -> key.apply(item).compareTo(a) > 0))
            .limit(request.size() + 1L)
            .toList();
    if (rest.size() <= request.size()) {
      return new Page<>(rest, Optional.empty());
    }
    List<T> items = rest.subList(0, request.size());
    return new Page<>(items, Optional.of(PageToken.write(key.apply(items.getLast()))));
  }

  /** A list that is given at once. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, Optional.empty());
  }

  /** Puts the token into an answer where there is one: clients stop at the first without. */
  public JsonObject into(JsonObject body) {
    nextToken.ifPresent(token -> body.put("nextToken", token));
    return body;
  }
}
