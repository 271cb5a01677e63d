package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.peers.Colleagues;
import dev.sluice.fetcher.peers.Owners;
import dev.sluice.storage.PeerBlobs;
import io.vertx.core.Future;

/**
 * The other nodes, as the fetcher deals with them.
 *
 * @param blobs their bytes
 * @param owners which of them goes upstream for what
 * @param colleagues how they are asked
 */
public record Peers(Nodes nodes, PeerBlobs blobs, Owners owners, Colleagues colleagues) {

  /** Those of a cluster of one. */
  public static final Peers NONE =
      new Peers(Nodes.ALONE, (peer, digest, offset) -> Future.failedFuture("there is no other"));

  /** Those that are seen here. */
  public Peers(Nodes nodes, PeerBlobs blobs) {
    this(nodes, blobs, new Owners(nodes), new Colleagues(nodes));
  }
}
