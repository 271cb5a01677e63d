/** Goes out: one client per foreign registry, its tokens, its redirects, its limits. */
package dev.sluice.fetcher.upstream;
