package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;

/**
 * A manifest that is to be asked of a rule's upstream.
 *
 * @param era of the repository when somebody asked; see {@link Eras}
 */
record ManifestOrder(
    Rule rule, RepositoryName repository, Reference reference, Purpose purpose, long era) {

  /** The same, asked for another purpose. */
  ManifestOrder with(Purpose other) {
    return new ManifestOrder(rule, repository, reference, other, era);
  }

  /** The same, asked by another reference. */
  ManifestOrder by(Reference other) {
    return new ManifestOrder(rule, repository, other, purpose, era);
  }

  /** The repository, as upstream calls it. */
  String upstreamName() {
    return rule.upstreamName(repository);
  }

  /** For messages. */
  String what() {
    String separator = reference instanceof Reference.Tag ? ":" : "@";
    return "manifest " + repository + separator + reference;
  }

  @Override
  public String toString() {
    return what();
  }
}
