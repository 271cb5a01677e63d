/** Blobs at rest in a folder. */
package dev.sluice.storage.disk;
