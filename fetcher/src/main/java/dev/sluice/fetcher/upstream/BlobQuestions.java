package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.storage.Digest;
import java.util.Optional;
import java.util.function.Function;

/** Asks a registry for the bytes of blobs, from their beginning or from where they broke off. */
final class BlobQuestions {

  private final Registry registry;

  /** Who is asked. */
  interface Registry {
    /** What is made of the head of an answer, or why there is none. */
    UpstreamAnswer<UpstreamResponse> ask(
        Question question,
        Purpose purpose,
        Function<UpstreamResponse, UpstreamAnswer<UpstreamResponse>> use);
  }

  BlobQuestions(Registry registry) {
    this.registry = registry;
  }

  /** Begins to fetch a blob. */
  UpstreamAnswer<BlobBody> whole(String repository, Digest digest, Purpose purpose) {
    return registry
        .ask(question(repository, digest), purpose, BlobQuestions::unencoded)
        .then(all -> new Got<>(BlobBody.whole(all)));
  }

  /**
   * Begins to fetch what is missing of a blob. Not every upstream can begin in the middle, or at
   * the right place; then the whole comes once more, and what is here already is skipped.
   */
  UpstreamAnswer<BlobBody> remainder(
      String repository, Digest digest, Remainder missing, Purpose purpose) {
    if (missing.offset() == 0) {
      return whole(repository, digest, purpose);
    }
    Question whole = question(repository, digest);
    return registry
        .ask(whole.with(missing.headers()), purpose, BlobQuestions::unencoded)
        .then(answer -> new Got<>(fitting(answer, missing)))
        .then(
            body ->
                body.isPresent()
                    ? new Got<>(body.get())
                    : registry
                        .ask(whole, purpose, BlobQuestions::unencoded)
                        .then(all -> new Got<>(BlobBody.skipping(all, missing.offset()))));
  }

  /** What is missing, from an answer to that question; an answer that has it not is dropped. */
  private static Optional<BlobBody> fitting(UpstreamResponse answer, Remainder missing) {
    if (answer.status() == 200) {
      return Optional.of(BlobBody.skipping(answer, missing.offset()));
    }
    Optional<BlobBody> part =
        answer
            .header("Content-Range")
            .flatMap(ContentRange::parse)
            .filter(missing::is)
            .map(range -> BlobBody.part(answer, range));
    if (part.isEmpty()) {
      answer.discard();
    }
    return part;
  }

  private static Question question(String repository, Digest digest) {
    return Question.get(repository, "/blobs/" + digest, "*/*");
  }

  /** Only as they are can the bytes be those of the digest. */
  private static UpstreamAnswer<UpstreamResponse> unencoded(UpstreamResponse response) {
    String encoding = response.header("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      response.discard();
      return new Trouble<>("it sent the blob in the encoding " + encoding);
    }
    return new Got<>(response);
  }
}
