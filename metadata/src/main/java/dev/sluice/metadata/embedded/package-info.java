/** Metadata of a single node, kept in two small files of its data folder. */
package dev.sluice.metadata.embedded;
