package dev.sluice.fetcher;

import io.vertx.core.Future;

/**
 * What a gateway asks of its node. Answers come within the upstream deadlines, however large the
 * blob; a future fails only by a bug or a broken machine.
 */
public interface FetchService {

  /** Resolves a manifest by tag or digest, and brings it in where it is not here. */
  Future<ManifestAnswer> manifest(ManifestRequest request);

  /** Says where a blob is, and begins to bring it in where it is not here. */
  Future<BlobAnswer> blob(BlobRequest request);

  /** Asks upstream where a tag points now, for whoever cannot wait until its check is due. */
  Future<CheckAnswer> check(CheckRequest request);

  /** Lists the tags of a repository, as upstream does. */
  Future<TagsAnswer> tags(TagsRequest request);

  /**
   * Asks the registry of a rule whether it can be pulled from.
   *
   * @param prefix the rule's; invalid where no rule has it
   */
  Future<Validation> validate(String prefix);
}
