package dev.sluice.gateway.ecr.image;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is deleted where a client names images in any order: decided for all of them at once, so
 * that a child that is named before its index goes too.
 *
 * @param images that go with all their tags
 * @param tags that go while their images stay
 */
record DeletionPlan(
    Set<Digest> images, Map<Tag, Digest> tags, Map<ImageId, ImageFailure> failures) {

  static DeletionPlan of(RepositoryContents contents, List<ImageId> ids) {
    Map<ImageId, ImageFailure> failures = new LinkedHashMap<>();
    Map<Digest, List<ImageId>> named = new LinkedHashMap<>();
    for (ImageId id : ids) {
      switch (id.in(contents)) {
        case ImageId.Resolved.Nothing(var failure) -> failures.put(id, failure);
        case ImageId.Resolved.Image(var image) ->
            named.computeIfAbsent(image.digest(), none -> new ArrayList<>()).add(id);
      }
    }
    Set<Digest> ending = new LinkedHashSet<>(named.keySet());
    ending.removeIf(digest -> !isEnd(contents.tagsOf(digest), named.get(digest)));
    Set<Digest> going = withoutListed(contents, ending);
    Map<Tag, Digest> tags = new LinkedHashMap<>();
    named.forEach(
        (digest, by) -> {
          if (!ending.contains(digest)) {
            by.forEach(id -> id.parsedTag().ifPresent(tag -> tags.put(tag, digest)));
          } else if (!going.contains(digest)) {
            by.forEach(id -> failures.put(id, referenced(contents, digest, going)));
          }
        });
    return new DeletionPlan(going, tags, failures);
  }

  /** Whether an image goes as a whole: it is named itself, or by every tag that it has. */
  private static boolean isEnd(List<Tag> tags, List<ImageId> by) {
    Set<Tag> named = new HashSet<>();
    for (ImageId id : by) {
      if (id.tag().isEmpty()) {
        return true;
      }
      id.parsedTag().ifPresent(named::add);
    }
    return named.containsAll(tags);
  }

  /** Keeps back what an index lists that stays; indexes that are kept back so keep back in turn. */
  private static Set<Digest> withoutListed(RepositoryContents contents, Set<Digest> ending) {
    Set<Digest> going = new LinkedHashSet<>(ending);
    boolean settled = false;
    while (!settled) {
      Set<Digest> now = Set.copyOf(going);
      settled = !going.removeIf(digest -> !now.containsAll(contents.indexesOf(digest)));
    }
    return going;
  }

  private static ImageFailure referenced(
      RepositoryContents contents, Digest digest, Set<Digest> going) {
    List<Digest> staying =
        contents.indexesOf(digest).stream().filter(index -> !going.contains(index)).toList();
    return FailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST.because(
        "Requested image referenced by manifest list: " + staying);
  }
}
