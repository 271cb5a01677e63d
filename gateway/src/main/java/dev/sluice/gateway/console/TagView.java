package dev.sluice.gateway.console;

import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fresh a tag is, and why it is not.
 *
 * @param nextCheckAt may lie behind: then the next pull makes it; empty where there is none
 * @param reason why it is stale, in words for people; empty where it is fresh
 */
record TagView(Tag tag, Instant checkedAt, Optional<Instant> nextCheckAt, Optional<String> reason) {

  /**
   * What tags are judged by.
   *
   * @param rule for the repository; empty where none covers it
   */
  record Measure(Repository repository, Optional<Rule> rule, Instant now) {}

  static TagView of(Tag tag, TagEntry entry, Measure measure) {
    Optional<Rule> rule = measure.rule;
    if (rule.isEmpty()) {
      return new TagView(
          tag,
          entry.checkedAt(),
          Optional.empty(),
          Optional.of("no rule covers this repository: what is cached is served, and not checked"));
    }
    if (!measure.repository.settings().mutability().mayMove(tag)) {
      return new TagView(tag, entry.checkedAt(), Optional.empty(), Optional.empty());
    }
    Duration interval = rule.get().policies().checkIntervals().of(tag);
    Instant due = entry.checkedAt().plus(interval);
    if (entry.failed().isPresent()) {
      FailedCheck failed = entry.failed().get();
      return new TagView(
          tag,
          entry.checkedAt(),
          Optional.of(failed.nextCheck().isAfter(due) ? failed.nextCheck() : due),
          Optional.of("the last check failed: " + failed.reason()));
    }
    return new TagView(
        tag,
        entry.checkedAt(),
        Optional.of(due),
        entry.isFresh(measure.now, interval)
            ? Optional.empty()
            : Optional.of("its check is due; the next pull makes it"));
  }

  boolean isStale() {
    return reason.isPresent();
  }

  JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("tag", tag.value())
            .put("checkedAt", Times.text(checkedAt))
            .put("stale", isStale());
    nextCheckAt.ifPresent(at -> json.put("nextCheckAt", Times.text(at)));
    reason.ifPresent(why -> json.put("reason", why));
    return json;
  }
}
