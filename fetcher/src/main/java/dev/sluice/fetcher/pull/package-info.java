/** Decides: what is here, what is fresh, what must be fetched, and what was asked for already. */
package dev.sluice.fetcher.pull;
