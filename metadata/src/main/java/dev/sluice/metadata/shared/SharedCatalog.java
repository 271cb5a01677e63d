package dev.sluice.metadata.shared;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.shared.Changes.Write;
import dev.sluice.metadata.shared.Question.Extent;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The images and members of a cluster. */
final class SharedCatalog implements Catalog {

  private final Questions questions;
  private final Changes changes;

  SharedCatalog(Questions questions, Changes changes) {
    this.questions = questions;
    this.changes = changes;
  }

  @Override
  public Future<Optional<ImageRecord>> image(RepositoryName repository, Digest digest) {
    return questions.find(new ImagePlace(repository, digest));
  }

  @Override
  public Future<List<ImageRecord>> images(RepositoryName repository) {
    Function<Metadata, Future<List<ImageRecord>>> images =
        metadata -> metadata.catalog().images(repository);
    return questions.ask(
        new Question<>(
            repository,
            Extent.REPOSITORY,
            images,
            all -> Place.all(all, image -> new ImagePlace(repository, image.digest()))));
  }

  @Override
  public Future<Void> keep(Repository asNew, ImageRecord image) {
    return changes.write(
        new ImagePlace(asNew.name(), image.digest()),
        Write.of(metadata -> metadata.catalog().keep(asNew, image)));
  }

  @Override
  public Future<Void> pulled(RepositoryName repository, Digest digest, Instant at) {
    return changes.write(
        new ImagePlace(repository, digest),
        Write.of(metadata -> metadata.catalog().pulled(repository, digest, at)));
  }

  @Override
  public Future<Set<Digest>> remove(RepositoryName repository, Selection which) {
    return changes.make(
        metadata -> metadata.catalog().remove(repository, which),
        removed -> changes.removed(repository, removed));
  }

  @Override
  public Future<Optional<Member>> member(RepositoryName repository, Digest digest) {
    return questions.find(new MemberPlace(repository, digest));
  }

  @Override
  public Future<Void> admit(RepositoryName repository, Member member) {
    return changes.write(
        new MemberPlace(repository, member.digest()),
        Write.of(metadata -> metadata.catalog().admit(repository, member)));
  }

  @Override
  public Future<Void> expel(RepositoryName repository, Digest digest) {
    return changes.make(
        metadata -> metadata.catalog().expel(repository, digest),
        _ -> changes.drop(new MemberPlace(repository, digest)));
  }
}
