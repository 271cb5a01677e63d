package dev.sluice.metadata.redis;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Images and members, each a field of its repository's hashes. */
final class RedisCatalog implements Catalog {

  private final Records records;
  private final Keys keys;

  RedisCatalog(Records records, Keys keys) {
    this.records = records;
    this.keys = keys;
  }

  @Override
  public Future<Optional<ImageRecord>> image(RepositoryName repository, Digest digest) {
    return records.value(keys.of(repository).images(), digest.toString());
  }

  @Override
  public Future<List<ImageRecord>> images(RepositoryName repository) {
    return records.all(keys.of(repository).images()).map(all -> List.copyOf(all.values()));
  }

  @Override
  public Future<Void> keep(Repository asNew, ImageRecord image) {
    return new ImageKeeping(records, keys.of(asNew.name()), asNew, image)
        .make()
        .compose(_ -> new RedisRepositories(records, keys).list(asNew.name()));
  }

  @Override
  public Future<Void> pulled(RepositoryName repository, Digest digest, Instant at) {
    RepositoryKeys place = keys.of(repository);
    return new Amendments(records)
        .amend(
            place.images(),
            digest.toString(),
            image -> image.pulled(at),
            change -> change.revise(place))
        .mapEmpty();
  }

  @Override
  public Future<Set<Digest>> remove(RepositoryName repository, Selection which) {
    return new ImagesRemoval(records, keys.of(repository), which).make();
  }

  @Override
  public Future<Optional<Member>> member(RepositoryName repository, Digest digest) {
    return records.value(keys.of(repository).members(), digest.toString());
  }

  @Override
  public Future<Void> admit(RepositoryName repository, Member member) {
    return new Amendments(records)
        .put(
            keys.of(repository).members(),
            member.digest().toString(),
            known -> Optional.of(known.value().map(member::and).orElse(member)),
            change -> change)
        .mapEmpty();
  }

  @Override
  public Future<Void> expel(RepositoryName repository, Digest digest) {
    RepositoryKeys place = keys.of(repository);
    return new Change()
        .drop(place.members(), digest.toString())
        .revise(place)
        .make(records.link())
        .mapEmpty();
  }
}
