package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.fetcher.pull.Housekeeping;
import dev.sluice.fetcher.pull.Names;
import dev.sluice.metadata.Metadata;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.LocalBlobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a node keeps: names, and bytes. */
record Stores(NodeMetadata names, DiskBlobStore disk, LocalBlobs blobs) implements AutoCloseable {

  /** Opens the bytes in a data folder beside names that are open already. */
  static Stores open(Path data, NodeMetadata names) throws IOException {
    DiskBlobStore disk = DiskBlobStore.open(data);
    return new Stores(names, disk, new LocalBlobs(disk));
  }

  Metadata metadata() {
    return names.metadata();
  }

  /** Where the fetcher finds names. */
  Names forFetcher() {
    Metadata metadata = metadata();
    return new Names(
        metadata.repositories(), metadata.templates(), metadata.tags(), metadata.catalog());
  }

  /** What is kept clean of these. */
  Housekeeping housekeeping(Config config) {
    return new Housekeeping(
        List.of(new Housekeeping.Place(disk, false)), config.storage().grace(), names::isWhole);
  }

  @Override
  public void close() {
    blobs.close();
    names.close();
  }
}
