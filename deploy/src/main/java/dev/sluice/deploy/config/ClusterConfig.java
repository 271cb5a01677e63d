package dev.sluice.deploy.config;

import dev.sluice.deploy.cluster.ClusterSecret;
import dev.sluice.deploy.cluster.Seat;

/** A node's place in a cluster. */
public record ClusterConfig(Seat seat, ClusterSecret secret) {}
