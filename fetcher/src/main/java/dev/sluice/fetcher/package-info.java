/** What a gateway asks of its node: manifests, blobs, tags. Contracts and values only. */
package dev.sluice.fetcher;
