/** The metadata of a cluster of nodes, in Redis. */
package dev.sluice.metadata.redis;
