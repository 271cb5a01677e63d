/** The JSON form of metadata records, the same in every store. */
package dev.sluice.metadata.record;
