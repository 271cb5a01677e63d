package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.record.RecordForm.IMAGE;
import static dev.sluice.metadata.record.RecordForm.MEMBER;
import static dev.sluice.metadata.record.RecordForm.REPOSITORY;
import static dev.sluice.metadata.record.RecordForm.TAG;

import dev.sluice.metadata.Catalog.Selection;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.Reference.ByDigest;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import dev.sluice.storage.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes of a repository where images are removed, worked out before anything does: each of its
 * records is read once, however many images go.
 *
 * @param images that it holds
 * @param tags that point to them
 * @param members that no other image has
 */
record ImageRemoval(
    RepositoryName repository, Set<Digest> images, Set<Tag> tags, Set<Digest> members) {

  static ImageRemoval of(OpenRecords records, RepositoryName repository, Selection which) {
    List<ImageRecord> images =
        records.table(IMAGE).all(RecordKey.first(repository), RecordKey.past(repository));
    Map<Tag, TagEntry> tags = EmbeddedTagIndex.all(records.table(TAG), repository);
    Set<Digest> chosen =
        which.of(
            records.table(REPOSITORY).find(repository.value()), LifecycleImage.of(images, tags));
    Set<Digest> going = new HashSet<>();
    Set<Digest> unheld = new HashSet<>();
    Set<Digest> held = new HashSet<>();
    for (ImageRecord image : images) {
      boolean goes = chosen.contains(image.digest());
      if (goes) {
        going.add(image.digest());
      }
      Set<Digest> listed = goes ? unheld : held;
      listed.add(image.digest());
      image.members().forEach(member -> listed.add(member.digest()));
    }
    unheld.removeAll(held);
    Set<Tag> pointing = new HashSet<>(tags.keySet());
    pointing.removeIf(tag -> !going.contains(tags.get(tag).digest()));
    return new ImageRemoval(repository, going, pointing, unheld);
  }

  /** Removes it all; those images. */
  Set<Digest> make(OpenRecords records) {
    images.forEach(image -> records.table(IMAGE).remove(key(image)));
    tags.forEach(tag -> records.table(TAG).remove(RecordKey.of(repository, tag)));
    members.forEach(member -> records.table(MEMBER).remove(key(member)));
    return images;
  }

  private String key(Digest digest) {
    return RecordKey.of(repository, new ByDigest(digest));
  }
}
