package dev.sluice.deploy.cluster;

import java.util.Optional;

/**
 * How it stands between a node and its cluster.
 *
 * @param members of the cluster as far as is seen from here, this node among them
 * @param answering how many of the others answer
 * @param isBusWell unless others are there and none of them has answered for long
 * @param stays how often the cluster was joined
 * @param trouble in words for people, where this node cannot be reached as a member should
 */
public record Standing(
    int members, int answering, boolean isBusWell, long stays, Optional<String> trouble) {}
