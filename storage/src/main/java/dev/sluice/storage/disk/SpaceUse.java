package dev.sluice.storage.disk;

/**
 * How a store's share of the disk is used, in bytes as the disk counts them.
 *
 * @param limit what blobs may take
 * @param used by whole blobs
 * @param reserved for blobs that are being written
 * @param evicted how many blobs went for want of room since the store was opened, that included
 */
public record SpaceUse(long limit, long used, long reserved, long evicted) {}
