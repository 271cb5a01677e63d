/**
 * The table of upstream faults as tests: whatever an upstream does to a manifest, a blob, a token
 * or a list of tags, met by nobody before, by a warm cache, and by clients who wait together.
 */
package dev.sluice.fetcher.faults;
