package dev.sluice.gateway.ecr.image;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import dev.sluice.storage.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a repository holds at one moment: its images, and the tags that point to each. */
public final class RepositoryContents {

  private final Map<Digest, ImageRecord> images = new LinkedHashMap<>();
  private final Map<Tag, TagEntry> entries;
  private final Map<Digest, List<Tag>> tags = new HashMap<>();

  RepositoryContents(List<ImageRecord> images, Map<Tag, TagEntry> entries) {
    images.forEach(image -> this.images.put(image.digest(), image));
    this.entries = entries;
    entries.forEach(
        (tag, entry) -> tags.computeIfAbsent(entry.digest(), none -> new ArrayList<>()).add(tag));
  }

  /** Looks it up; on a virtual thread, for it awaits. */
  public static RepositoryContents of(Catalog catalog, TagIndex tags, RepositoryName name) {
    return new RepositoryContents(catalog.images(name).await(), tags.all(name).await());
  }

  /** Every image, in ASCII order of their digests. */
  Collection<ImageRecord> images() {
    return Collections.unmodifiableCollection(images.values());
  }

  Optional<ImageRecord> image(Digest digest) {
    return Optional.ofNullable(images.get(digest));
  }

  /** The image that a tag points to; empty where it is not here. */
  Optional<ImageRecord> image(Tag tag) {
    return Optional.ofNullable(entries.get(tag)).flatMap(entry -> image(entry.digest()));
  }

  /** The tags that point to an image, in ASCII order. */
  List<Tag> tagsOf(Digest digest) {
    return tags.getOrDefault(digest, List.of());
  }

  /** The indexes that list an image. */
  List<Digest> indexesOf(Digest digest) {
    return images.values().stream()
        .filter(ImageRecord::isIndex)
        .filter(index -> index.members().stream().anyMatch(child -> child.digest().equals(digest)))
        .map(ImageRecord::digest)
        .toList();
  }

  /**
   * What ECR calls the size of an image, in bytes, and always more than 0: its config and layers,
   * compressed; of an index that of its largest child, as far as that is known here.
   */
  long sizeOf(ImageRecord image) {
    long listed =
        image.isIndex()
            ? image.members().stream().mapToLong(this::sizeOfChild).max().orElse(0)
            : image.members().stream().mapToLong(RepositoryContents::sizeOfListed).sum();
    return listed > 0 ? listed : Math.max(1, image.size());
  }

  /** An index within an index counts as what is listed of it: nesting ends here. */
  private long sizeOfChild(Member child) {
    return image(child.digest())
        .filter(known -> !known.isIndex())
        .map(this::sizeOf)
        .orElseGet(() -> sizeOfListed(child));
  }

  private static long sizeOfListed(Member member) {
    return member.size().orElse(0);
  }
}
