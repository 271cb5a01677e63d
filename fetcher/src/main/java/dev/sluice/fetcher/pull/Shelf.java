package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.pull.ManifestDocument.About;
import dev.sluice.fetcher.upstream.FetchedManifest;
import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manifests of this node: their bytes among the blobs, their meaning in the catalog. */
final class Shelf {

  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  private final Blobs blobs;
  private final Names names;
  private final Eras eras;
  private final Clock clock;

  Shelf(Blobs blobs, Names names, Eras eras, Clock clock) {
    this.blobs = blobs;
    this.names = names;
    this.eras = eras;
    this.clock = clock;
  }

  /** A manifest that the repository holds and whose bytes are here. */
  Optional<Descriptor> find(RepositoryName repository, Digest digest) {
    return names
        .catalog()
        .image(repository, digest)
        .await()
        .filter(image -> blobs.find(digest).filter(Stored.class::isInstance).isPresent())
        .map(image -> new Descriptor(digest, image.mediaType(), image.size()));
  }

  /** Whether the repository holds a manifest, though its bytes may not be here. */
  boolean knows(RepositoryName repository, Digest digest) {
    return names.catalog().image(repository, digest).await().isPresent();
  }

  /** The same, where metadata that cannot be read know nothing. */
  boolean isRecorded(RepositoryName repository, Digest digest) {
    return names
        .catalog()
        .image(repository, digest)
        .map(Optional::isPresent)
        .otherwise(false)
        .await();
  }

  /** Stores the bytes of a manifest whose name is known. */
  Future<FillOutcome> put(Digest digest, Buffer bytes) {
    return blobs.put(digest, bytes);
  }

  /** Whether a manifest could be kept. */
  sealed interface Kept {
    /** It is stored, and what it lists is known to the repository. */
    record Done(Descriptor manifest) implements Kept {}

    /**
     * Its bytes are here, and may be served to who has asked: upstream gave them. That they are the
     * repository's cannot be written down now, such as on a full disk.
     */
    record Unrecorded(Descriptor manifest) implements Kept {}

    /** It is no manifest. */
    record Not(String reason) implements Kept {}

    /** This node cannot store it. */
    record Unstored(String reason) implements Kept {}

    /** Its repository has lost something since it was asked for. */
    record Overtaken() implements Kept {}
  }

  /** Stores a manifest: first its bytes, then its name, so that a known name always has bytes. */
  Kept keep(ManifestOrder order, FetchedManifest fetched) {
    return switch (ManifestDocument.read(fetched.body(), fetched.contentType())) {
      case ManifestDocument.Unusable(var reason) ->
          new Kept.Not("what it sent is no manifest that can be served: " + reason);
      case ManifestDocument.Image(var about, var listed) -> store(order, fetched, about, listed);
      case ManifestDocument.Index(var about, var children) ->
          store(
              order,
              fetched,
              about,
              children.stream().map(ManifestDocument.Child::member).toList());
    };
  }

  private Kept store(
      ManifestOrder order, FetchedManifest fetched, About about, List<Member> members) {
    FillOutcome stored = blobs.put(fetched.digest(), fetched.body()).await();
    if (stored instanceof FillOutcome.Failed failed) {
      return new Kept.Unstored(failed.reason());
    }
    var image =
        new ImageRecord(
            fetched.digest(),
            about.mediaType(),
            fetched.body().length(),
            clock.instant(),
            members,
            about.artifactType(),
            about.subject(),
            Optional.empty());
    Optional<Repository> asNew = asNew(order);
    if (eras.isOver(order.repository(), order.era())) {
      return new Kept.Overtaken();
    }
    return asNew
        .map(repository -> record(repository, image))
        .orElseGet(() -> new Kept.Unrecorded(described(image)));
  }

  /** The repository, as the creation templates make it; empty where those cannot be read. */
  private Optional<Repository> asNew(ManifestOrder order) {
    return names
        .templates()
        .all()
        .map(all -> CreationTemplate.repository(order.repository(), clock.instant(), all))
        .map(Optional::of)
        .otherwise(Optional.empty())
        .await();
  }

  private Kept record(Repository asNew, ImageRecord image) {
    String what = "manifest " + image.digest() + " of " + asNew.name();
    return names
        .catalog()
        .keep(asNew, image)
        .<Kept>map(_ -> new Kept.Done(described(image)))
        .otherwise(
            full -> {
              LOG.warn("{} cannot be recorded: {}", what, full.toString());
              return new Kept.Unrecorded(described(image));
            })
        .await();
  }

  private static Descriptor described(ImageRecord image) {
    return new Descriptor(image.digest(), image.mediaType(), image.size());
  }

  /** The stored manifest, read again. */
  ManifestDocument document(Descriptor manifest) {
    Buffer body = blobs.read(manifest.digest()).await();
    return ManifestDocument.read(body, manifest.mediaType());
  }
}
