package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.fetcher.pull.Housekeeping;
import dev.sluice.fetcher.pull.Housekeeping.Place;
import dev.sluice.fetcher.pull.Names;
import dev.sluice.metadata.Metadata;
import dev.sluice.storage.Archive;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.Followers;
import dev.sluice.storage.growing.LocalBlobs;
import dev.sluice.storage.growing.Scrub;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a node keeps: names, and bytes.
 *
 * @param scrub which reads those on the disk, once it runs
 * @param bucket where nodes keep bytes together
 */
record Stores(
    NodeMetadata names,
    DiskBlobStore disk,
    LocalBlobs blobs,
    Optional<Scrub> scrub,
    Optional<Bucket> bucket)
    implements AutoCloseable {

  /** Opens the bytes in a data folder beside names that are open already. */
  static Stores open(Config config, NodeMetadata names, Bucket.Use use) throws IOException {
    Config.Storage storage = config.storage();
    DiskBlobStore disk = DiskBlobStore.open(config.data(), storage.maxSize(), use.clock());
    Optional<Scrub> scrub =
        storage.scrub().map(interval -> new Scrub(disk, interval, use.clock(), Thread::sleep));
    Optional<Bucket> bucket =
        storage.s3().bucket().map(settings -> new Bucket(settings, disk, use));
    Followers followers = bucket.map(Bucket::followers).orElse(Followers.NONE);
    return new Stores(names, disk, new LocalBlobs(disk, followers), scrub, bucket);
  }

  /** What nodes keep together. */
  Archive archive() {
    return bucket.map(Bucket::archive).orElse(Archive.NONE);
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
    Stream<Place> places =
        Stream.concat(
            Stream.of(new Place(disk, false)),
            bucket.stream().map(with -> new Place(with.cleared(), true)));
    return new Housekeeping(places.toList(), config.storage().grace(), names::isWhole);
  }

  @Override
  public void close() {
    bucket.ifPresent(Bucket::close);
    blobs.close();
    names.close();
  }
}
