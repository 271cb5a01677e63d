package dev.sluice.fetcher;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

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

  /** Lists what refers to a manifest, as upstream does, and what is cached of it. */
  Future<ReferrersAnswer> referrers(ReferrersRequest request);

  /** The repositories that were made here, in ASCII order of their names. */
  Future<List<RepositoryName>> repositories();

  /**
   * Asks the registry of a rule whether it can be pulled from.
   *
   * @param prefix the rule's; invalid where no rule has it
   */
  Future<Validation> validate(String prefix);

  /**
   * Why this node would never connect to the registry of a rule, in words for people: its address
   * is private and not opened, or this node's own, or would be asked in clear. Empty where it may,
   * and where its name is not known just now. Answers within 2 s.
   */
  Future<Optional<String>> objection(Rule rule);

  /**
   * Notes that an image is pulled now; does nothing for an unknown one. Its record is written every
   * time, so who asks often does so seldom for one image.
   */
  Future<Void> pulled(RepositoryName repository, Digest digest);
}
