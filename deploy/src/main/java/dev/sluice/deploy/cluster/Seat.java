package dev.sluice.deploy.cluster;

import java.util.List;

/**
 * Where a node sits in its cluster.
 *
 * @param cluster the cluster's name
 * @param address that the node is reached under, an IP address
 * @param membershipPort for membership
 * @param busPort for the event bus
 * @param blobPort for the bytes of blobs
 * @param members host, or host:port, where nodes may be found
 */
public record Seat(
    String cluster,
    String address,
    int membershipPort,
    int busPort,
    int blobPort,
    List<String> members) {

  /** Copies the list. */
  public Seat {
    members = List.copyOf(members);
  }

  /** What this node is called among the others; the same after a restart. */
  public String name() {
    return at(membershipPort);
  }

  /** Where its blobs are had. */
  String blobs() {
    return at(blobPort);
  }

  private String at(int port) {
    return (address.indexOf(':') < 0 ? address : '[' + address + ']') + ':' + port;
  }
}
