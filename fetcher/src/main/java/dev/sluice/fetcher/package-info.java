/** What a gateway asks of its node: manifests, blobs, tags. */
package dev.sluice.fetcher;
