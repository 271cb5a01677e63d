package dev.sluice.fetcher.upstream;

import io.vertx.core.Future;
import java.util.Optional;

/** What the nodes of a cluster share towards upstreams, beside what metadata keeps. */
public interface Sharing {

  /** A node on its own. */
  Sharing NONE =
      new Sharing() {
        @Override
        public int nodes() {
          return 1;
        }

        @Override
        public Future<Optional<Token>> token(TokenWish wish) {
          return Future.succeededFuture(Optional.empty());
        }
      };

  /** How many nodes share the pace that a rule allows, this one among them: 1 or more. */
  int nodes();

  /**
   * A token that another node has, or fetches as its owner.
   *
   * @return empty where this node is to fetch it; never fails
   */
  Future<Optional<Token>> token(TokenWish wish);
}
