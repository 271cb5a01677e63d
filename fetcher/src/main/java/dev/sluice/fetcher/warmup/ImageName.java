package dev.sluice.fetcher.warmup;

import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import java.util.Optional;

/** An image, as it is pulled from this node: without the node's own name before it. */
public record ImageName(RepositoryName repository, Reference reference) {

  private static final String USUAL_TAG = "latest";

  /**
   * Reads {@code repository:tag}, {@code repository@digest}, or both, where the digest counts, or
   * neither, which is {@code latest}: as {@code docker pull} does. Empty for anything else.
   */
  public static Optional<ImageName> parse(String text) {
    int at = text.indexOf('@');
    String named = at < 0 ? text : text.substring(0, at);
    int colon = named.indexOf(':');
    String tag = colon < 0 ? USUAL_TAG : named.substring(colon + 1);
    String repository = colon < 0 ? named : named.substring(0, colon);
    Optional<Reference> reference =
        Reference.parseTag(tag)
            .flatMap(known -> at < 0 ? Optional.of(known) : byDigest(text.substring(at + 1)));
    return RepositoryName.parse(repository)
        .flatMap(name -> reference.map(known -> new ImageName(name, known)));
  }

  private static Optional<Reference> byDigest(String digest) {
    return Reference.parse(digest).filter(Reference.ByDigest.class::isInstance);
  }

  @Override
  public String toString() {
    return repository + (reference instanceof Reference.Tag ? ":" : "@") + reference;
  }
}
