package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.record.RecordForm.IMAGE;
import static dev.sluice.metadata.record.RecordForm.MEMBER;
import static dev.sluice.metadata.record.RecordForm.REPOSITORY;
import static dev.sluice.metadata.record.RecordForm.TAG;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.ImageRemoval;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Reference.ByDigest;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.record.RecordForm;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Images and members, each under its repository. */
final class EmbeddedCatalog implements Catalog {

  private final RecordFile file;

  EmbeddedCatalog(RecordFile file) {
    this.file = file;
  }

  @Override
  public Future<Optional<ImageRecord>> image(RepositoryName repository, Digest digest) {
    return find(IMAGE, repository, digest);
  }

  @Override
  public Future<List<ImageRecord>> images(RepositoryName repository) {
    return file.read(
        records ->
            records.table(IMAGE).all(RecordKey.first(repository), RecordKey.past(repository)));
  }

  @Override
  public Future<Void> keep(Repository asNew, ImageRecord image) {
    RepositoryName repository = asNew.name();
    String key = key(repository, image.digest());
    return file.change(
        records -> {
          records.table(REPOSITORY).create(repository.value(), asNew);
          RecordTable<ImageRecord> images = records.table(IMAGE);
          images.put(key, images.find(key).map(image::since).orElse(image));
          RecordTable<Member> members = records.table(MEMBER);
          admit(
              members, repository, new Member(image.digest(), OptionalLong.of(image.size()), true));
          image.members().forEach(member -> admit(members, repository, member));
          return null;
        });
  }

  @Override
  public Future<Void> pulled(RepositoryName repository, Digest digest, Instant at) {
    String key = key(repository, digest);
    return file.change(records -> records.table(IMAGE).amend(key, image -> image.pulled(at)))
        .mapEmpty();
  }

  @Override
  public Future<Set<Digest>> remove(RepositoryName repository, Selection which) {
    return file.changeForGood(
        records -> removal(records, repository, which),
        (removal, records) -> remove(records, repository, removal));
  }

  /** Worked out before anything goes: each record is read once, however many images go. */
  private static ImageRemoval removal(
      OpenRecords records, RepositoryName repository, Selection which) {
    List<ImageRecord> images =
        records.table(IMAGE).all(RecordKey.first(repository), RecordKey.past(repository));
    Map<Tag, TagEntry> tags = EmbeddedTagIndex.all(records.table(TAG), repository);
    Set<Digest> chosen =
        which.of(
            records.table(REPOSITORY).find(repository.value()), LifecycleImage.of(images, tags));
    return ImageRemoval.of(images, tags, chosen);
  }

  private static Set<Digest> remove(
      OpenRecords records, RepositoryName repository, ImageRemoval removal) {
    removal.images().forEach(image -> records.table(IMAGE).remove(key(repository, image)));
    removal.tags().forEach(tag -> records.table(TAG).remove(RecordKey.of(repository, tag)));
    removal.members().forEach(member -> records.table(MEMBER).remove(key(repository, member)));
    return removal.images();
  }

  @Override
  public Future<Optional<Member>> member(RepositoryName repository, Digest digest) {
    return find(MEMBER, repository, digest);
  }

  @Override
  public Future<Void> admit(RepositoryName repository, Member member) {
    return file.change(
        records -> {
          admit(records.table(MEMBER), repository, member);
          return null;
        });
  }

  @Override
  public Future<Void> expel(RepositoryName repository, Digest digest) {
    String key = key(repository, digest);
    return file.changeForGood(
        records -> {
          records.table(MEMBER).remove(key);
          return null;
        });
  }

  private <T> Future<Optional<T>> find(
      RecordForm<T> form, RepositoryName repository, Digest digest) {
    String key = key(repository, digest);
    return file.read(records -> records.table(form).find(key));
  }

  private static void admit(RecordTable<Member> members, RepositoryName repository, Member member) {
    String key = key(repository, member.digest());
    Optional<Member> known = members.find(key);
    Member both = known.map(member::and).orElse(member);
    if (!known.equals(Optional.of(both))) {
      members.put(key, both);
    }
  }

  private static String key(RepositoryName repository, Digest digest) {
    return RecordKey.of(repository, new ByDigest(digest));
  }
}
