package dev.sluice.metadata.shared;

import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.Optional;

/** Where a member of a repository is. */
record MemberPlace(RepositoryName repository, Digest digest) implements Place<Member> {

  @Override
  public RepositoryName subject() {
    return repository;
  }

  @Override
  public Future<Optional<Member>> in(Metadata metadata) {
    return metadata.catalog().member(repository, digest);
  }

  /** What the copy knows besides stays known. */
  @Override
  public boolean isNews(Member told, Member known) {
    return !told.and(known).equals(known);
  }

  @Override
  public Future<?> put(Metadata copy, Member told) {
    return copy.catalog().admit(repository, told);
  }

  @Override
  public Future<?> drop(Metadata copy) {
    return copy.catalog().expel(repository, digest);
  }
}
