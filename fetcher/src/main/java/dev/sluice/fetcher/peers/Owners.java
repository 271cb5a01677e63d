package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.storage.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * Which node goes upstream for what: the first in rendezvous order over the living ones (Thaler and
 * Ravishankar, 1998). When a node comes or goes, only what it owns changes hands.
 *
 * <p>The order of any two nodes is the same wherever it is asked for. A node follows only those
 * before it, so that no two ever wait for each other, however differently they see the cluster.
 */
public final class Owners {

  private final Nodes nodes;

  /** Among these nodes. */
  public Owners(Nodes nodes) {
    this.nodes = nodes;
  }

  /** Whether this node owns what this key stands for. */
  public boolean isOurs(String key) {
    return ahead(key).isEmpty();
  }

  /**
   * The nodes before this one, the owner first; empty where this one is it. A node that is about to
   * leave comes after all others.
   */
  public List<Node> ahead(String key) {
    String self = nodes.self().name();
    return order(key).stream().takeWhile(node -> !node.name().equals(self)).toList();
  }

  /** All other nodes, in their order. */
  public List<Node> others(String key) {
    String self = nodes.self().name();
    return order(key).stream().filter(node -> !node.name().equals(self)).toList();
  }

  private List<Node> order(String key) {
    List<Node> living = nodes.living();
    return living.size() == 1
        ? living
        : living.stream()
            .sorted(Comparator.comparingLong(node -> weight(node.name(), key)))
            .toList();
  }

  private static long weight(String node, String key) {
    byte[] both = (node + '\n' + key).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(hash(both)).getLong();
  }

  private static byte[] hash(byte[] bytes) {
    var hasher = Digest.Algorithm.SHA256.hasher();
    return hasher.digest(bytes);
  }
}
