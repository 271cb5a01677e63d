/** Digests to bytes: blobs at rest and blobs under way, on this node. */
package dev.sluice.storage;
