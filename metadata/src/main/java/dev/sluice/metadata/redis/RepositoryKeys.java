package dev.sluice.metadata.redis;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.record.RecordForm;

/** The keys of one repository. */
record RepositoryKeys(String first) {

  /** The one field of the hashes that have only one. */
  static final String ONLY = "it";

  RecordHash<Repository> repository() {
    return new RecordHash<>(
        first + "repository",
        RecordForm.REPOSITORY,
        (field, repository) -> first.endsWith("{" + repository.name().value() + "}:"));
  }

  RecordHash<TagEntry> tags() {
    return new RecordHash<>(first + "tags", RecordForm.TAG, (tag, entry) -> true);
  }

  RecordHash<ImageRecord> images() {
    return new RecordHash<>(
        first + "images",
        RecordForm.IMAGE,
        (digest, image) -> image.digest().toString().equals(digest));
  }

  RecordHash<Member> members() {
    return new RecordHash<>(
        first + "members",
        RecordForm.MEMBER,
        (digest, member) -> member.digest().toString().equals(digest));
  }

  /**
   * A hash whose one field is another text after each change of what a removal of images looks at.
   * Where there is none, the repository has nothing to remove.
   */
  String revision() {
    return first + "revision";
  }
}
