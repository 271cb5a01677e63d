package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each repository holds, and which digests are its members. */
public interface Catalog {

  /** A manifest that a repository holds. */
  Future<Optional<ImageRecord>> image(RepositoryName repository, Digest digest);

  /** Every manifest that a repository holds, in ASCII order of their digests. */
  Future<List<ImageRecord>> images(RepositoryName repository);

  /**
   * Records a manifest, and with it all that it lists as listed members, and makes its repository
   * where there is none: all become visible at once. Of an image that is kept already the first
   * {@code storedAt} and the last {@code pulledAt} stay.
   *
   * @param asNew the repository, as it is to be made
   */
  Future<Void> keep(Repository asNew, ImageRecord image);

  /** Notes when an image was pulled; does nothing for an unknown one. */
  Future<Void> pulled(RepositoryName repository, Digest digest, Instant at);

  /**
   * Drops manifests, the tags that point to them, and those members that only they list, in one
   * step that lasts like a person's word.
   *
   * @return those that the repository held
   */
  Future<Set<Digest>> remove(RepositoryName repository, Selection which);

  /** Drops these manifests in the same way, however things are with them. */
  default Future<Set<Digest>> remove(RepositoryName repository, Set<Digest> which) {
    return remove(repository, (_, _) -> which);
  }

  /** Which images go, by how their repository is at that moment. */
  @FunctionalInterface
  interface Selection {

    /**
     * Chooses among the images; may be called again, and from any thread.
     *
     * @param repository empty where there is none, or its record cannot be read
     * @param images all that it holds
     */
    Set<Digest> of(Optional<Repository> repository, List<LifecycleImage> images);
  }

  /** What is known of a digest in a repository; a kept image itself is a vouched member. */
  Future<Optional<Member>> member(RepositoryName repository, Digest digest);

  /** Adds to what is known of a digest in a repository; neither size nor vouching is forgotten. */
  Future<Void> admit(RepositoryName repository, Member member);

  /**
   * Drops what is known of a digest that is no image, for a copy of the catalog that knows more
   * than the catalog itself; an image that lists it stays.
   */
  Future<Void> expel(RepositoryName repository, Digest digest);
}
