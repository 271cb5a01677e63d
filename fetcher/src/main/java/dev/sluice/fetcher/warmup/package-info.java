/** What is to be warmed up, and how far that has come. */
package dev.sluice.fetcher.warmup;
