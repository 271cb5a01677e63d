/** Metadata of one node of a cluster: shared with the others, and kept on this node too. */
package dev.sluice.metadata.shared;
