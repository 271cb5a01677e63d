/** Blobs under way: filled once, followed by many. */
package dev.sluice.storage.growing;
