package dev.sluice.metadata;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An image, as a {@link LifecyclePolicy} sees it.
 *
 * @param pushedAt when the repository first held it
 * @param pulledAt when it was last pulled; empty where it never was
 * @param lists the digests that its manifest lists
 */
public record LifecycleImage(
    Digest digest, Set<Tag> tags, Instant pushedAt, Optional<Instant> pulledAt, Set<Digest> lists) {

  /** Copies the sets. */
  public LifecycleImage {
    tags = Set.copyOf(tags);
    lists = Set.copyOf(lists);
  }

  /** The images of one repository, by what the catalog and the index of tags say of it. */
  public static List<LifecycleImage> of(List<ImageRecord> images, Map<Tag, TagEntry> tags) {
    Map<Digest, Set<Tag>> byDigest = new HashMap<>();
    tags.forEach(
        (tag, entry) ->
            byDigest.computeIfAbsent(entry.digest(), first -> new HashSet<>()).add(tag));
    return images.stream()
        .map(image -> of(image, byDigest.getOrDefault(image.digest(), Set.of())))
        .toList();
  }

  private static LifecycleImage of(ImageRecord image, Set<Tag> tags) {
    return new LifecycleImage(
        image.digest(),
        tags,
        image.storedAt(),
        image.pulledAt(),
        image.members().stream().map(Member::digest).collect(Collectors.toSet()));
  }
}
