package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.CheckRequest;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.ReferrersAnswer;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.TagPaging;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.TagsRequest;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;

/** What tests ask of a fetcher, and how they wait for its answers. */
public interface Questions {

  /** Who is asked. */
  FetchVerticle fetcher();

  /** Asks for a manifest by tag or digest. */
  default Future<ManifestAnswer> ask(String repository, Object reference) {
    return fetcher()
        .manifest(
            new ManifestRequest(
                new RepositoryName(repository),
                Reference.parse(reference.toString()).orElseThrow()));
  }

  /** A manifest that is expected to be found. */
  default ManifestAnswer.Found found(String repository, Object reference) {
    return Answers.found(await(ask(repository, reference)));
  }

  /** A manifest that is expected to be refused. */
  default Refused refused(String repository, Object reference) {
    return Answers.refused(await(ask(repository, reference)));
  }

  /** Asks so many times at once. */
  default List<Future<ManifestAnswer>> ask(int times, String repository, Object reference) {
    List<Future<ManifestAnswer>> asked =
        IntStream.range(0, times).mapToObj(i -> ask(repository, reference)).toList();
    settle();
    return asked;
  }

  /** Asks for a blob, or only for its head, without reading it. */
  default BlobAnswer blob(String repository, Digest digest, boolean headOnly) {
    return await(fetcher().blob(new BlobRequest(new RepositoryName(repository), digest, headOnly)));
  }

  /** Asks for the check of a tag. */
  default Future<CheckAnswer> askCheck(String repository, String tag) {
    return fetcher()
        .check(new CheckRequest(new RepositoryName(repository), new Reference.Tag(tag)));
  }

  /** Has a tag checked now. */
  default CheckAnswer check(String repository, String tag) {
    return await(askCheck(repository, tag));
  }

  /** A page of tags. */
  default TagsAnswer tags(String repository, String query) {
    return await(askTags(repository, query));
  }

  /** Asks for a page of tags. */
  default Future<TagsAnswer> askTags(String repository, String query) {
    var paging = TagPaging.parse(query).orElseThrow();
    return fetcher().tags(new TagsRequest(new RepositoryName(repository), paging));
  }

  /** What refers to a manifest. */
  default ReferrersAnswer referrers(String repository, Digest subject) {
    return await(askReferrers(repository, subject));
  }

  /** Asks what refers to a manifest. */
  default Future<ReferrersAnswer> askReferrers(String repository, Digest subject) {
    return fetcher().referrers(new ReferrersRequest(new RepositoryName(repository), subject));
  }

  /** Asks the registry of a rule whether it can be pulled from. */
  default Validation validate(String prefix) {
    return await(fetcher().validate(prefix));
  }

  /** The registries that the fetcher asks. */
  default Upstreams upstreams() {
    return fetcher().upstreams();
  }

  /** Waits until what was asked before has been looked at: tasks begin in the order of asking. */
  default void settle() {
    for (int i = 0; i < 10; i++) {
      await(ask("not-covered/by-any-rule", "x"));
    }
  }
}
