package dev.sluice.gateway.console;

import dev.sluice.gateway.access.Visitor;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.metadata.TagEntry;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The repositories, a page at a time, each in a line. On a virtual thread, for it awaits. */
final class RepositoryList {

  private final RepositoryDesk.Parts parts;

  RepositoryList(RepositoryDesk.Parts parts) {
    this.parts = parts;
  }

  /**
   * What is asked for.
   *
   * @param prefix with which names begin; may be empty
   * @param after the name before the first; may be empty
   */
  record Asked(String prefix, String after, int limit) {}

  private record Held(
      Repository repository, Future<List<ImageRecord>> images, Future<Map<Tag, TagEntry>> tags) {}

  JsonObject page(Asked asked, Visitor who) {
    List<Repository> found =
        parts.repositories().all().await().stream()
            .filter(one -> one.name().value().startsWith(asked.prefix))
            .filter(one -> one.name().value().compareTo(asked.after) > 0)
            .filter(one -> who.mayPull(one.name()))
            .limit(asked.limit + 1L)
            .toList();
    List<Repository> shown = found.stream().limit(asked.limit).toList();
    // All are asked for before the first is waited for.
    List<Held> held = shown.stream().map(this::held).toList();
    JsonArray lines = new JsonArray();
    held.forEach(one -> lines.add(line(one)));
    JsonObject page = new JsonObject().put("repositories", lines);
    return found.size() > shown.size() ? page.put("next", shown.getLast().name().value()) : page;
  }

  private Held held(Repository repository) {
    RepositoryName name = repository.name();
    return new Held(repository, parts.catalog().images(name), parts.tags().all(name));
  }

  private JsonObject line(Held held) {
    List<ImageRecord> images = held.images.await();
    Repository repository = held.repository;
    Optional<Rule> rule = parts.rules().get().match(repository.name());
    var measure = new TagView.Measure(repository, rule, parts.clock().instant());
    List<TagView> tags =
        held.tags.await().entrySet().stream()
            .map(tag -> TagView.of(tag.getKey(), tag.getValue(), measure))
            .toList();
    JsonObject json =
        of(repository.name(), parts.rules().get())
            .put("images", images.size())
            .put("tags", tags.size())
            .put("bytes", bytes(images))
            .put("stale", tags.stream().anyMatch(TagView::isStale));
    latest(images.stream().map(ImageRecord::pulledAt))
        .ifPresent(at -> json.put("pulledAt", Times.text(at)));
    latest(tags.stream().map(tag -> Optional.of(tag.checkedAt())))
        .ifPresent(at -> json.put("checkedAt", Times.text(at)));
    tags.stream()
        .flatMap(tag -> tag.nextCheckAt().stream())
        .min(Comparator.naturalOrder())
        .ifPresent(at -> json.put("nextCheckAt", Times.text(at)));
    return json;
  }

  /** What a repository is called, and where it comes from. */
  static JsonObject of(RepositoryName name, RuleTable rules) {
    Optional<Rule> rule = rules.match(name);
    JsonObject json =
        new JsonObject().put("name", name.value()).put("pullThrough", rule.isPresent());
    rule.ifPresent(
        one ->
            json.put("rule", one.prefix())
                .put("upstream", one.upstream() + '/' + one.upstreamName(name)));
    return json;
  }

  private static Optional<Instant> latest(Stream<Optional<Instant>> times) {
    return times.flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  /** What its manifests take and list, each digest once, as far as they say how large it is. */
  private static long bytes(List<ImageRecord> images) {
    Map<Digest, Long> sizes = new HashMap<>();
    for (ImageRecord image : images) {
      sizes.put(image.digest(), image.size());
      if (!image.isIndex()) {
        for (Member member : image.members()) {
          sizes.put(member.digest(), member.size().orElse(0));
        }
      }
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }
}
