package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.fetcher.pull.Names;
import dev.sluice.metadata.Metadata;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.LocalBlobs;
import dev.sluice.storage.growing.Scrub;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** What a node keeps: names, and bytes. */
record Stores(NodeMetadata names, DiskBlobStore disk, LocalBlobs blobs, Optional<Scrub> scrub)
    implements AutoCloseable {

  /** Opens the bytes in the data folder beside names that are open already. */
  static Stores open(Config config, NodeMetadata names, Clock clock) throws IOException {
    DiskBlobStore disk = DiskBlobStore.open(config.data(), config.storage().maxSize(), clock);
    Optional<Scrub> scrub =
        config.storage().scrub().map(interval -> new Scrub(disk, interval, clock, Thread::sleep));
    return new Stores(names, disk, new LocalBlobs(disk), scrub);
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

  @Override
  public void close() {
    blobs.close();
    names.close();
  }
}
