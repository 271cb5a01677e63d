package dev.sluice.gateway.console;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.metadata.TagEntry;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One repository with its images and tags. On a virtual thread, for it awaits. */
final class RepositoryView {

  private static final int MOST_IMAGES = 1_000;

  private final RepositoryDesk.Parts parts;
  private final PlatformReader platforms;

  RepositoryView(RepositoryDesk.Parts parts) {
    this.parts = parts;
    platforms = new PlatformReader(parts.blobs());
  }

  /** What there is of one name; empty where there is no such repository. */
  Optional<JsonObject> of(RepositoryName name) {
    return parts.repositories().find(name).await().map(this::of);
  }

  private JsonObject of(Repository repository) {
    RepositoryName name = repository.name();
    RuleTable rules = parts.rules().get();
    Map<Tag, TagEntry> entries = parts.tags().all(name).await();
    List<ImageRecord> images = newestFirst(parts.catalog().images(name).await(), entries);
    Map<Digest, JsonArray> tags = tags(repository, rules.match(name), entries);
    List<ImageRecord> shown = images.stream().limit(MOST_IMAGES).toList();
    Map<Digest, String> known = platforms.of(shown);
    JsonArray list = new JsonArray();
    shown.forEach(
        image -> list.add(json(image, tags.getOrDefault(image.digest(), new JsonArray()), known)));
    missing(images, shown).forEach((digest, child) -> list.add(missing(child, known.get(digest))));
    return RepositoryList.of(name, rules)
        .put("uri", parts.registry().repositoryUri(name))
        .put("images", list);
  }

  /** Those with tags first, so that they are not the ones that are left out. */
  private static List<ImageRecord> newestFirst(
      List<ImageRecord> images, Map<Tag, TagEntry> entries) {
    Set<Digest> tagged = new HashSet<>();
    entries.values().forEach(entry -> tagged.add(entry.digest()));
    return images.stream()
        .sorted(
            Comparator.comparing((ImageRecord image) -> !tagged.contains(image.digest()))
                .thenComparing(Comparator.comparing(ImageRecord::storedAt).reversed()))
        .toList();
  }

  private Map<Digest, JsonArray> tags(
      Repository repository, Optional<Rule> rule, Map<Tag, TagEntry> entries) {
    var measure = new TagView.Measure(repository, rule, parts.clock().instant());
    Map<Digest, JsonArray> tags = new HashMap<>();
    entries.forEach(
        (tag, entry) ->
            tags.computeIfAbsent(entry.digest(), _ -> new JsonArray())
                .add(TagView.of(tag, entry, measure).json()));
    return tags;
  }

  private static JsonObject json(ImageRecord image, JsonArray tags, Map<Digest, String> platforms) {
    long listed = image.members().stream().mapToLong(one -> one.size().orElse(0)).sum();
    JsonObject json =
        new JsonObject()
            .put("digest", image.digest().toString())
            .put("tags", tags)
            .put("mediaType", image.mediaType())
            .put("bytes", image.isIndex() ? image.size() : image.size() + listed)
            .put("pushedAt", Times.text(image.storedAt()))
            .put("cached", true);
    image.artifactType().ifPresent(type -> json.put("artifactType", type));
    image.subject().ifPresent(subject -> json.put("subject", subject.toString()));
    image.pulledAt().ifPresent(at -> json.put("pulledAt", Times.text(at)));
    Optional.ofNullable(platforms.get(image.digest()))
        .ifPresent(platform -> json.put("platform", platform));
    if (image.isIndex()) {
      json.put(
          "children",
          new JsonArray(image.members().stream().map(one -> one.digest().toString()).toList()));
    }
    return json;
  }

  /** Children of the shown indexes that are not here. */
  private static Map<Digest, Member> missing(List<ImageRecord> images, List<ImageRecord> shown) {
    Map<Digest, Member> missing = new LinkedHashMap<>();
    shown.stream()
        .filter(ImageRecord::isIndex)
        .flatMap(index -> index.members().stream())
        .forEach(child -> missing.put(child.digest(), child));
    images.forEach(image -> missing.remove(image.digest()));
    return missing;
  }

  private static JsonObject missing(Member child, String platform) {
    JsonObject json =
        new JsonObject()
            .put("digest", child.digest().toString())
            .put("tags", new JsonArray())
            .put("mediaType", child.mediaType().orElse(""))
            .put("bytes", child.size().orElse(0))
            .put("cached", false);
    return platform == null ? json : json.put("platform", platform);
  }
}
