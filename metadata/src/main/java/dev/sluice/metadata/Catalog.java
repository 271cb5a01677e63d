package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What each repository holds, and which digests are its members. */
public interface Catalog {

  /** A manifest that a repository holds. */
  Future<Optional<ImageRecord>> image(RepositoryName repository, Digest digest);

  /**
   * Records a manifest, and with it all that it lists as listed members: both become visible at
   * once. The first {@code storedAt} of an image is kept.
   */
  Future<Void> keep(RepositoryName repository, ImageRecord image);

  /** What is known of a digest in a repository; a kept image itself is a vouched member. */
  Future<Optional<Member>> member(RepositoryName repository, Digest digest);

  /** Adds to what is known of a digest in a repository; neither size nor vouching is forgotten. */
  Future<Void> admit(RepositoryName repository, Member member);

  /** The repositories that hold at least one image, in ASCII order. */
  Future<List<RepositoryName>> repositories();
}
