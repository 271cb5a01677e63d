/** What nodes ask one another: who owns what, and what has become of it. Decisions, never bytes. */
package dev.sluice.fetcher.peers;
