package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.record.RecordForm.IMAGE;
import static dev.sluice.metadata.record.RecordForm.MEMBER;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Reference.ByDigest;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.record.RecordForm;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
  public Future<Void> keep(RepositoryName repository, ImageRecord image) {
    String key = key(repository, image.digest());
    return file.change(
        records -> {
          RecordTable<ImageRecord> images = records.table(IMAGE);
          Optional<Instant> first = images.find(key).map(ImageRecord::storedAt);
          images.put(key, first.map(storedAt -> storedSince(image, storedAt)).orElse(image));
          RecordTable<Member> members = records.table(MEMBER);
          admit(
              members, repository, new Member(image.digest(), OptionalLong.of(image.size()), true));
          image.members().forEach(member -> admit(members, repository, member));
          return null;
        });
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
  public Future<List<RepositoryName>> repositories() {
    return file.read(records -> repositories(records.table(IMAGE)));
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

  /** Leaps from the first image of a repository to the next repository. */
  private static List<RepositoryName> repositories(RecordTable<ImageRecord> images) {
    List<RepositoryName> repositories = new ArrayList<>();
    Optional<String> key = images.keyFrom("");
    while (key.isPresent()) {
      Optional<RepositoryName> repository = RecordKey.repository(key.get());
      repository.ifPresentOrElse(repositories::add, images::countUndecodable);
      key = images.keyFrom(repository.map(RecordKey::past).orElse(key.get() + '\0'));
    }
    return repositories;
  }

  private static ImageRecord storedSince(ImageRecord image, Instant storedAt) {
    return new ImageRecord(
        image.digest(), image.mediaType(), image.size(), storedAt, image.members());
  }

  private static String key(RepositoryName repository, Digest digest) {
    return RecordKey.of(repository, new ByDigest(digest));
  }
}
