package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.upstream.FetchedManifest;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The manifests of this node: their bytes among the blobs, their meaning in the catalog. */
final class Shelf {

  private final Blobs blobs;
  private final Catalog catalog;
  private final Clock clock;

  Shelf(Blobs blobs, Catalog catalog, Clock clock) {
    this.blobs = blobs;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** A manifest that the repository holds and whose bytes are here. */
  Optional<Descriptor> find(RepositoryName repository, Digest digest) {
    return catalog
        .image(repository, digest)
        .await()
        .filter(image -> blobs.find(digest).filter(Stored.class::isInstance).isPresent())
        .map(image -> new Descriptor(digest, image.mediaType(), image.size()));
  }

  /** Whether a manifest could be kept. */
  sealed interface Kept {
    /** It is stored, and what it lists is known to the repository. */
    record Done(Descriptor manifest) implements Kept {}

    /** It is no manifest. */
    record Not(String reason) implements Kept {}

    /** This node cannot store it. */
    record Unstored(String reason) implements Kept {}
  }

  /** Stores a manifest: first its bytes, then its name, so that a known name always has bytes. */
  Kept keep(RepositoryName repository, FetchedManifest fetched) {
    return switch (ManifestDocument.read(fetched.body(), fetched.contentType())) {
      case ManifestDocument.Unusable(var reason) ->
          new Kept.Not("what it sent is no manifest that can be served: " + reason);
      case ManifestDocument.Image(var mediaType, var listed) ->
          store(repository, fetched, mediaType, listed);
      case ManifestDocument.Index(var mediaType, var children) ->
          store(
              repository,
              fetched,
              mediaType,
              children.stream().map(ManifestDocument.Child::member).toList());
    };
  }

  private Kept store(
      RepositoryName repository, FetchedManifest fetched, String mediaType, List<Member> members) {
    FillOutcome stored = blobs.put(fetched.digest(), fetched.body()).await();
    if (stored instanceof FillOutcome.Failed failed) {
      return new Kept.Unstored(failed.reason());
    }
    long size = fetched.body().length();
    var image = new ImageRecord(fetched.digest(), mediaType, size, clock.instant(), members);
    Repository asNew = CreationTemplate.repository(repository, clock.instant(), List.of());
    return catalog
        .keep(asNew, image)
        .<Kept>map(_ -> new Kept.Done(new Descriptor(fetched.digest(), mediaType, size)))
        .otherwise(
            full ->
                new Kept.Unstored(
                    Refusals.unwritable(
                        "manifest " + fetched.digest() + " of " + repository, full)))
        .await();
  }

  /** The stored manifest, read again. */
  ManifestDocument document(Descriptor manifest) {
    Buffer body = blobs.read(manifest.digest()).await();
    return ManifestDocument.read(body, manifest.mediaType());
  }
}
