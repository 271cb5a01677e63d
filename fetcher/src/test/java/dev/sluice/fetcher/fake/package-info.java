/** A registry that counts what is asked of it and misbehaves as told; see {@code FakeRegistry}. */
package dev.sluice.fetcher.fake;
