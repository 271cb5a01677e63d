package dev.sluice.deploy;

import dev.sluice.fetcher.pull.Names;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import dev.sluice.metadata.record.UndecodableRecords;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.LocalBlobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** What a node keeps: names, and bytes. */
record Stores(EmbeddedMetadata metadata, DiskBlobStore disk, LocalBlobs blobs)
    implements AutoCloseable {

  /** Opens the data folder, which is made where it is missing. */
  static Stores open(Path data, Clock clock, UndecodableRecords undecodable) throws IOException {
    EmbeddedMetadata metadata = EmbeddedMetadata.open(data, clock, undecodable);
    try {
      DiskBlobStore disk = DiskBlobStore.open(data);
      return new Stores(metadata, disk, new LocalBlobs(disk));
    } catch (IOException | RuntimeException unusable) {
      metadata.close();
      throw unusable;
    }
  }

  /** Where the fetcher finds names. */
  Names names() {
    return new Names(
        metadata.repositories(), metadata.templates(), metadata.tags(), metadata.catalog());
  }

  @Override
  public void close() {
    blobs.close();
    metadata.close();
  }
}
