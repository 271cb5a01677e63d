/** Names to digests: rules, tags, images, and which digests a repository is known to contain. */
package dev.sluice.metadata;
