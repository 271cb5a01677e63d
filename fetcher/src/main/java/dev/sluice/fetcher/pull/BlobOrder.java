package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;

/**
 * A blob that is to be asked of a rule's upstream.
 *
 * @param era of the repository when somebody asked; see {@link Eras}
 */
record BlobOrder(Rule rule, RepositoryName repository, Digest digest, Purpose purpose, long era) {

  /** The same, asked for another purpose. */
  BlobOrder with(Purpose other) {
    return new BlobOrder(rule, repository, digest, other, era);
  }

  /** The repository, as upstream calls it. */
  String upstreamName() {
    return rule.upstreamName(repository);
  }

  /** For messages. */
  String what() {
    return "blob " + digest + " of " + repository;
  }

  @Override
  public String toString() {
    return what();
  }
}
