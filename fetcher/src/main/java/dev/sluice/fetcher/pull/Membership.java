package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.Optional;
import java.util.OptionalLong;

/** Which blobs a repository is known to hold. Waits, so it is used on virtual threads. */
final class Membership {

  private final Catalog catalog;
  private final Eras eras;

  Membership(Catalog catalog, Eras eras) {
    this.catalog = catalog;
    this.eras = eras;
  }

  /** Whether upstream was seen to have the blob in this repository. */
  boolean isVouchedFor(RepositoryName repository, Digest digest) {
    return catalog.member(repository, digest).await().filter(Member::vouched).isPresent();
  }

  /** The size that a manifest of the repository says; empty where none lists the blob. */
  OptionalLong listedSize(BlobOrder order) {
    return catalog
        .member(order.repository(), order.digest())
        .await()
        .map(Member::size)
        .orElse(OptionalLong.empty());
  }

  /** Notes that upstream has the blob in this repository; what a client is told where it cannot. */
  Optional<Refused> vouch(BlobOrder order) {
    if (eras.isOver(order.repository(), order.era())) {
      return Optional.of(Refusals.overtaken(order.what()));
    }
    return catalog
        .admit(order.repository(), Member.vouched(order.digest()))
        .map(Optional.<Refused>empty())
        .otherwise(full -> Optional.of(Refusals.unrecordable(order.what(), full)))
        .await();
  }
}
